// A page of a template (schemas/pages) in the layout that all of them have.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "visit.h"

namespace gcp2::cli::web {

/// What a template shows; every text of it is escaped.
using Shown = kainjow::mustache::data;

/// For a template: a text under its key.
Shown shown(std::initializer_list<std::pair<std::string, std::string>> texts);

/// A problem in what was typed, and the id of the field that it is about (empty: none).
struct Slip {
  std::string field, text;
};

/// The page of a template by its name, for example "log_in". Browsers keep the title, also on a
/// shared computer: it names nobody. Where the page does, that is the `heading` of its content,
/// which stands in the title's place on the page. `slips` stand first, each leading to its field;
/// the first of them has the focus. A template has each beside its field as `slip_` and the field.
Answer page(const Visit& visit, std::string_view name, const std::string& title, Shown content,
            const std::vector<Slip>& slips = {}, int status = 200);

/// A part of a page: the template of that name by itself.
std::string part(std::string_view name, const Shown& content);

/// The two fields of a new passphrase, for templates that have `{{> new_passphrase}}`.
Shown new_passphrase_fields();

/// A template by its name, for templates that have it in them by `{{> name}}`.
Shown inner(std::string_view name);
/// What another setting is called here; its id where it was given no name.
std::string name_of_setting(const std::string& title, const Id& store);

/// A page that says why not.
Answer problem(const Visit& visit, int status, const std::string& text);
Answer problem(const Visit& visit, const Refusal& refusal);
/// The sentence of a refusal.
std::string sentence(const Refusal& refusal);

/// A style sheet or script by its name with its digest, as pages link it. Kept by browsers.
Answer asset(Visit& visit);

/// "14 January 2026"; what is no date stays as it is.
std::string day_in_words(std::string_view iso);
/// "14 January 2026, 10:00:00", of a moment as the log has it (UTC).
std::string moment_in_words(std::string_view iso);

}  // namespace gcp2::cli::web
