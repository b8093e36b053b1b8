// Room kept in a database for the time when its disk is full: that a record was read has to be
// written down even when nothing else can be.
#pragma once

#include <pqxx/pqxx>

namespace gcp2 {

/// Fills up what is missing of a mebibyte in the table `spare`; throws where there is no room.
void keep_spare_room(pqxx::transaction_base& in);
/// Gives all of it back to the disk, once this is committed; false where there is none.
bool give_back_spare_room(pqxx::transaction_base& in);

}  // namespace gcp2
