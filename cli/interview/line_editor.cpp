#include "line_editor.h"

#include <histedit.h>

#include "../command.h"
#include "../phrase.h"
#include "key_filter.h"

namespace gcp2::cli {
namespace {

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
  KeyFilter filter;
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
    const auto got = of(editor).filter.next();
    *into = got.value_or(L'\0');
    return got ? 1 : 0;
  }

  /// A pasted text is one answer, whatever line breaks it has: they must not answer the questions
  /// that come next.
  static unsigned char paste(EditLine* editor, int /*key*/) {
    std::wstring text;
    wchar_t next = 0;
    while (::el_wgetc(editor, &next) == 1 && next != KeyFilter::paste_end) text += next;
    ::el_winsertstr(editor, text.c_str());
    return CC_REFRESH;
  }

  void pasting(bool is_marked) const {
    std::fputs(is_marked ? "\x1B[?2004h" : "\x1B[?2004l", out);
    std::fflush(out);
  }
};

LineEditor::LineEditor(Keys& keys, std::FILE* out)
    : state_{std::make_unique<State>(State{keys, KeyFilter{keys}, out, nullptr, {}})} {
  EditLine* editor = ::el_init("gcp2", stdin, out, stderr);
  if (editor == nullptr) throw Stop{Exit::outside, phrase("ask.no_editor")};
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
  // Ctrl-S would stop the screen, and only Ctrl-Q would start it again.
  ::el_set(editor, EL_SETTY, "-d", "-ixon", nullptr);
  keys.on_resize = [editor, out] {
    // The terminal has moved what stood there: the line is drawn again below it.
    std::fputs("\r\n\x1B[J", out);
    ::el_resize(editor);
    ::el_set(editor, EL_REFRESH);
  };
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
