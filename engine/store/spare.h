// Room kept beside a store for the time when the disk is full.
#pragma once

#include <string>

namespace gcp2 {

/// A file NAME.spare of a mebibyte, which is given back piece by piece: that a record was read has
/// to be written down even when nothing else can be.
class Spare {
 public:
  /// Makes or fills it up where there is room for more than it alone.
  explicit Spare(const std::string& store);
  ~Spare();
  Spare(const Spare&) = delete;
  Spare& operator=(const Spare&) = delete;

  /// Gives back a piece; false where there is none left.
  bool give_back();
  /// Takes back what was given, where there is room again.
  void refill();

 private:
  int handle_;
};

}  // namespace gcp2
