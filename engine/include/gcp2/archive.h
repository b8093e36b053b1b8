// Sealed archives of assessments: Boost.Serialization behind a header that is checked first.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/document.h"
#include "gcp2/findings.h"

namespace gcp2 {

enum class ArchiveKind { text, xml, binary };
std::string_view name_of(ArchiveKind kind) noexcept;
std::optional<ArchiveKind> archive_kind_from(std::string_view name) noexcept;

/// Whether the bytes begin as an archive does (its seal may still be broken).
bool looks_like_archive(std::string_view bytes) noexcept;

/// How many bytes an archive has, by its header; nullopt where the bytes do not begin with one.
std::optional<std::size_t> archive_size(std::string_view bytes) noexcept;
/// The largest archive that is read: 256 MB of content and its header.
inline constexpr std::size_t largest_archive = (std::size_t{256} << 20) + 1024;

/// The documents, in their order, behind the sealed header: magic, format version, kind, length and
/// SHA-256 over header and content (docs/archive.md).
std::string write_archive(const std::vector<Value>& documents, ArchiveKind kind);

/// The documents. The seal is checked before anything is read; any changed byte is `invalid`.
std::vector<Value> read_archive(std::string_view bytes, Findings& findings);

}  // namespace gcp2
