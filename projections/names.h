#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "ledger/base/strong.h"

namespace projections {

// Numbers the distinct strings of one kind of id (orders, VINs, …) from 0 in order of
// first appearance, so that folds compare and index by integer. A string is stored once
// and never moves. Not thread-safe while interning; reading is safe from any thread.
class Names {
 public:
  Names();

  // The number of `name`, given a new one when it is seen for the first time.
  std::uint32_t intern(std::string_view name);
  // The number of `name`, or `none` when it was never interned.
  std::uint32_t find(std::string_view name) const;

  std::string_view operator[](std::uint32_t number) const { return names_[number]; }

  std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }

  static constexpr std::uint32_t none = ~std::uint32_t{0};

 private:
  std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
  std::string_view keep(std::string_view name);
  void grow();

  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = none;
  };

  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
  std::vector<std::string_view> names_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // the bytes of the names
  std::size_t block_left_ = 0;
  char* block_at_ = nullptr;
};

// Numbers of one kind of id; `none` marks an absent optional id.
template <class Tag>
struct Id {
  std::uint32_t value = Names::none;
  auto operator<=>(const Id&) const = default;

  explicit operator bool() const { return value != Names::none; }
};

using OrderId = Id<struct OrderTag>;
using DealerId = Id<struct DealerTag>;
using CustomerId = Id<struct CustomerTag>;
using VinId = Id<struct VinTag>;
using ProjectId = Id<struct ProjectTag>;
using FilingId = Id<struct FilingTag>;
using AgreementId = Id<struct AgreementTag>;
using FindingId = Id<struct FindingTag>;
using PenaltyId = Id<struct PenaltyTag>;
using ComplaintId = Id<struct ComplaintTag>;
using ClawbackId = Id<struct ClawbackTag>;
using SettlementId = Id<struct SettlementTag>;
using BillId = Id<struct BillTag>;
using PolicyId = Id<struct PolicyTag>;
using TextId = Id<struct TextTag>;  // any other string: agents, banks, usccs, roles

}  // namespace projections
