// The parts of the command store: each a command of its own, with its own options.
#pragma once

#include "../command.h"

namespace gcp2::cli {

int store_init(const Command& command, const Arguments& arguments);
int store_user(const Command& command, const Arguments& arguments);
int store_grant(const Command& command, const Arguments& arguments);
int store_recover(const Command& command, const Arguments& arguments);
int store_share(const Command& command, const Arguments& arguments);
int store_add(const Command& command, const Arguments& arguments);
int store_list(const Command& command, const Arguments& arguments);
int store_history(const Command& command, const Arguments& arguments);
int store_show(const Command& command, const Arguments& arguments);
int store_sign(const Command& command, const Arguments& arguments);
int store_amend(const Command& command, const Arguments& arguments);
int store_export(const Command& command, const Arguments& arguments);
int store_hold(const Command& command, const Arguments& arguments);
int store_retention(const Command& command, const Arguments& arguments);
int store_erase(const Command& command, const Arguments& arguments);
int store_transfer(const Command& command, const Arguments& arguments);
int store_receive(const Command& command, const Arguments& arguments);
int store_audit(const Command& command, const Arguments& arguments);
int store_verify(const Command& command, const Arguments& arguments);
int store_backup(const Command& command, const Arguments& arguments);
int store_restore(const Command& command, const Arguments& arguments);
int store_migrate(const Command& command, const Arguments& arguments);

}  // namespace gcp2::cli
