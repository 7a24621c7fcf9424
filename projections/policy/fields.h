// Strict reading of a pack's tables.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/error.h"
#include "projections/policy/document.h"

namespace projections::policy {

// The first fault found in a document, if any.
class Faults {
 public:
  // `place` stands in front of the line number.
  explicit Faults(ledger::Message place = in_pack) : place_(std::move(place)) {}

  // Keeps the first only: later ones are often its consequences.
  void add(const std::string& key, std::uint32_t line, const ledger::Message& got,
           const ledger::Message& wanted);

  const std::optional<ledger::Error>& first() const { return first_; }

 private:
  ledger::Message place_;
  std::optional<ledger::Error> first_;
};

using Choices = std::vector<std::string_view>;
using Accepts = std::function<bool(std::string_view)>;

// One table being read. Every member asked for must be there and of the type and range
// wanted, else a fault is kept and the answer is empty; `finish` finds the members that
// nobody asked for. Bounds are inclusive.
class Fields {
 public:
  Fields(const Table& table, std::string path, std::uint32_t line, Faults& faults);

  bool has(std::string_view key) const { return table_->contains(key); }

  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
  int count(std::string_view key, int min, int max);
  std::int64_t fen(std::string_view key);
  int bp(std::string_view key, int max);
  bool flag(std::string_view key);
  // One line, not empty, of at most `length_max` bytes.
  std::string text(std::string_view key, std::size_t length_max);
  ledger::Date date(std::string_view key);
  // Which of `choices` stands there.
  std::size_t choice(std::string_view key, const Choices& choices);
  // Distinct texts of `choices`; without choices, any that are not empty.
  std::vector<std::string> names(std::string_view key, const Choices& choices);
  // Distinct texts that `accepts`; `wanted` says which those are.
  std::vector<std::string> names(std::string_view key, const Accepts& accepts,
                                 const ledger::Message& wanted);
  // An array of such texts two by two.
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view key,
                                                         const Accepts& accepts,
                                                         const ledger::Message& wanted);
  void table(std::string_view key, const std::function<void(Fields&)>& read);
  // An array of one or more tables.
  void tables(std::string_view key, const std::function<void(Fields&)>& read);
  // The member as it stands, of whatever type; null when it is not there.
  const Value* any(std::string_view key);
  // Every member of this table, a table itself, with its key.
  void each(const std::function<void(const std::string& key, Fields&)>& read);

  std::uint32_t line() const { return line_; }

  // What `key` is called in a report.
  std::string path_of(std::string_view key) const;
  // Reports that `key`, if it is there, cannot stand.
  void refuse(std::string_view key, const ledger::Message& wanted);
  void finish();

 private:
  template <class T>
  const T* find(std::string_view key, const ledger::Message& wanted);
  std::vector<std::string> texts(const Array& array, const std::string& path,
                                 const Accepts& accepts, const ledger::Message& wanted);
  void enter(const Value& value, const std::string& path, const std::function<void(Fields&)>& read);

  const Table* table_;
  std::string path_;
  std::uint32_t line_;
  Faults* faults_;
  std::set<std::string, std::less<>> asked_;
  std::string missing_;  // the first key that was not there
};

}  // namespace projections::policy
