#include "line_editor.h"

#include <histedit.h>

#include <algorithm>
#include <new>

namespace gcp2::cli {
namespace {

constexpr wchar_t unreadable = 0xFFFD;

/// A character from its bytes; nullopt at the end of input.
std::optional<wchar_t> character(Keys& keys) {
  const auto first = keys.next();
  if (!first) return std::nullopt;
  const auto lead = static_cast<unsigned char>(*first);
  if (lead < 0x80) return static_cast<wchar_t>(lead);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0 || lead >= 0xF5) return unreadable;
  unsigned long code = lead & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    const auto next = keys.next();
    if (!next) return std::nullopt;
    const auto byte = static_cast<unsigned char>(*next);
    if ((byte & 0xC0U) != 0x80U) return unreadable;
    code = code << 6 | (byte & 0x3FU);
  }
  return static_cast<wchar_t>(code);
}

void append_utf8(std::string& out, wchar_t character) {
  const auto code = static_cast<unsigned long>(character);
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace

struct LineEditor::State {
  Keys& keys;
  std::FILE* out;
  EditLine* editor = nullptr;
  std::string prompt;

  static State& of(EditLine* editor) {
    void* state = nullptr;
    ::el_get(editor, EL_CLIENTDATA, &state);
    return *static_cast<State*>(state);
  }

  static char* prompt_of(EditLine* editor) { return of(editor).prompt.data(); }

  static int read(EditLine* editor, wchar_t* into) {
    const auto got = character(of(editor).keys);
    *into = got.value_or(L'\0');
    return got ? 1 : 0;
  }

  /// A pasted text is one answer, whatever line breaks it has: they must not answer the questions
  /// that come next.
  static unsigned char paste(EditLine* editor, int /*key*/) {
    constexpr std::wstring_view end = L"\x1B[201~";
    std::wstring text;
    wchar_t next = 0;
    while (::el_wgetc(editor, &next) == 1) {
      text += next;
      if (text.ends_with(end)) {
        text.resize(text.size() - end.size());
        break;
      }
    }
    std::ranges::replace_if(text, [](wchar_t c) { return c < L' ' || c == 0x7F; }, L' ');
    ::el_winsertstr(editor, text.c_str());
    return CC_REFRESH;
  }

  void pasting(bool is_marked) const {
    std::fputs(is_marked ? "\x1B[?2004h" : "\x1B[?2004l", out);
    std::fflush(out);
  }
};

LineEditor::LineEditor(Keys& keys, std::FILE* out)
    : state_{std::make_unique<State>(State{keys, out, nullptr, {}})} {
  EditLine* editor = ::el_init("gcp2", stdin, out, stderr);
  if (editor == nullptr) throw std::bad_alloc{};
  state_->editor = editor;
  ::el_set(editor, EL_CLIENTDATA, state_.get());
  ::el_set(editor, EL_PROMPT, &State::prompt_of);
  ::el_set(editor, EL_EDITOR, "emacs");
  ::el_set(editor, EL_GETCFN, &State::read);
  ::el_set(editor, EL_ADDFN, "gcp2-paste", "takes a pasted text as one answer", &State::paste);
  ::el_set(editor, EL_BIND, "\\e[200~", "gcp2-paste", nullptr);
  ::el_set(editor, EL_BIND, "\\e[3~", "ed-delete-next-char", nullptr);
  ::el_set(editor, EL_BIND, "\\e[H", "ed-move-to-beg", nullptr);
  ::el_set(editor, EL_BIND, "\\e[F", "ed-move-to-end", nullptr);
  ::el_set(editor, EL_BIND, "\\e[1~", "ed-move-to-beg", nullptr);
  ::el_set(editor, EL_BIND, "\\e[4~", "ed-move-to-end", nullptr);
  keys.on_resize = [editor] { ::el_resize(editor); };
}

LineEditor::~LineEditor() {
  state_->keys.on_resize = nullptr;
  ::el_end(state_->editor);
}

std::optional<std::string> LineEditor::line(std::string_view prompt) {
  state_->prompt = prompt;
  std::fflush(state_->out);
  state_->pasting(true);
  int count = 0;
  const wchar_t* typed = ::el_wgets(state_->editor, &count);
  std::optional<std::string> line;
  if (typed != nullptr && count > 0) {
    line.emplace();
    for (int i = 0; i < count; ++i) append_utf8(*line, typed[i]);
    while (line->ends_with('\n') || line->ends_with('\r')) line->pop_back();
  } else {
    std::fputc('\n', state_->out);
  }
  state_->pasting(false);
  return line;
}

}  // namespace gcp2::cli
