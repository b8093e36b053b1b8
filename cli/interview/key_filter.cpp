#include "key_filter.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gcp2::cli {
namespace {

constexpr wchar_t unreadable = 0xFFFD;
constexpr wchar_t escape = 0x1B;
constexpr std::wstring_view paste_start = L"[200~";
/// Left, right, home, end, delete.
constexpr auto moves = std::to_array<std::wstring_view>(
    {L"[D", L"OD", L"[C", L"OC", L"[H", L"OH", L"[1~", L"[F", L"OF", L"[4~", L"[3~"});
/// Backspace, Enter; Ctrl with A, B, D, E, F, K, U and W.
constexpr std::wstring_view editing = L"\b\n\r\x7F\x01\x02\x04\x05\x06\x0B\x15\x17";

bool is_control(wchar_t c) { return c < L' ' || c == 0x7F; }

}  // namespace

std::optional<wchar_t> KeyFilter::character() {
  const auto first = keys_.next();
  if (!first) return std::nullopt;
  const auto lead = static_cast<unsigned char>(*first);
  if (lead < 0x80) return static_cast<wchar_t>(lead);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0 || lead >= 0xF5) return unreadable;
  unsigned long code = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    const auto next = keys_.next();
    if (!next) return std::nullopt;
    const auto byte = static_cast<unsigned char>(*next);
    if ((byte & 0xC0U) != 0x80U) return unreadable;
    code = code << 6 | (byte & 0x3FU);
  }
  return static_cast<wchar_t>(code);
}

void KeyFilter::take_sequence() {
  constexpr std::size_t longest = 16;
  std::wstring sequence;
  const auto take = [&] {
    const auto byte = keys_.next_at_once();
    if (byte) sequence += static_cast<wchar_t>(static_cast<unsigned char>(*byte));
    return byte.has_value();
  };
  do sequence.clear();
  while (take() && sequence[0] == escape);
  // Escape alone, or Alt and a key.
  if (sequence.empty() || (sequence[0] != L'[' && sequence[0] != L'O')) return;
  // Function keys of the Linux console have a second bracket.
  const auto is_open = [&sequence] {
    const wchar_t last = sequence.back();
    return sequence.size() == 1 || sequence == L"[[" || (last >= 0x20 && last < 0x40);
  };
  while (is_open() && sequence.size() < longest)
    if (!take()) return;
  if (is_pasting_ && sequence == L"[201~") {
    is_pasting_ = false;
    ready_ = paste_end;
  } else if (!is_pasting_ && sequence == paste_start) {
    is_pasting_ = true;
    ready_ = escape + sequence;
  } else if (!is_pasting_ && std::ranges::find(moves, sequence) != moves.end()) {
    ready_ = escape + sequence;
  }
}

std::optional<wchar_t> KeyFilter::next() {
  while (true) {
    if (at_ < ready_.size()) return ready_[at_++];
    ready_.clear();
    at_ = 0;
    const auto typed = character();
    if (!typed) return std::nullopt;
    if (*typed == escape)
      take_sequence();
    else if (!is_control(*typed))
      return typed;
    else if (is_pasting_)
      return L' ';
    else if (editing.find(*typed) != std::wstring_view::npos)
      return typed;
  }
}

}  // namespace gcp2::cli
