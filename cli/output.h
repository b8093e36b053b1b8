// Writing results: whole or not at all, and never over a signed record.
#pragma once

#include <string>
#include <string_view>

#include "gcp2/core.h"

namespace gcp2::cli {

/// All bytes to standard output; failing ends the command (3).
void write_standard_output(std::string_view bytes);
Result<Done> try_standard_output(std::string_view bytes);
/// To standard error. Where that fails there is nobody left to tell.
void write_standard_error(std::string_view text) noexcept;

/// Of the terminal that standard output goes to, within what reads well; 80 elsewhere.
std::size_t terminal_width();

/// Puts an ordinary file in place in one step: written without a name, or under another one beside
/// it where the system cannot, flushed to disk, then named. Whoever reads sees the old file or the
/// new one; a crash loses nothing. A new file is readable by its owner only, a replaced one keeps
/// its permissions.
Result<Done> replace_file(const std::string& name, std::string_view bytes);

/// Ends the command (1) where the file holds a signed record: those never change.
void refuse_signed(const std::string& name);

/// To the file, or to standard output where the name is empty or "-". Ends the command on failure.
void write_output(const std::string& name, std::string_view bytes);

}  // namespace gcp2::cli
