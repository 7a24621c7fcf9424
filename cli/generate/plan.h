// The events of one area before they are told: written in the order in which projects
// are made up, told in the order in which the systems of record learned of them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/generate/calendar.h"
#include "cli/generate/dice.h"

namespace cli::generate {

// A system of record. The first five serve the whole nation; dealers follow.
struct Source {
  std::uint32_t number{};
};

inline constexpr Source order_system{0};
inline constexpr Source finance_system{1};
inline constexpr Source audit_system{2};
inline constexpr Source subsidy_office{3};
inline constexpr Source telemetry{4};

// What an event states besides its data.
struct Head {
  Source source;
  std::string_view type;
  std::string_view kind;  // of the stream, `vehicle`
  std::string_view key;   // of the stream, the VIN
  Moment time;
  Moment recorded;
  std::string_view role{};
  std::string_view actor{};
  std::string_view causation{};
};

// Writes one event into the plan's buffer; the event is complete when the Line goes.
// Texts must need no JSON escape, except in `document`. One at a time per plan.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) {}

  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  ~Line() { out_.append("}}"); }

  Line& text(std::string_view key, std::string_view value);
  Line& document(std::string_view key, std::string_view value);
  Line& number(std::string_view key, std::int64_t value);
  Line& flag(std::string_view key, bool value);
  Line& date(std::string_view key, Day value);
  // The digest of a document that nobody has: 64 random hexadecimal digits.
  Line& digest(std::string_view key, Dice& dice);
  Line& digests(std::string_view key, int count, Dice& dice);

  template <class List>
  Line& texts(std::string_view key, const List& values) {
    open(key, '[');
    for (const auto& value : values) {
      element(value);
    }
    return close();
  }

 private:
  void open(std::string_view key, char bracket);
  void element(std::string_view value);
  Line& close();
  void hexadecimal(Dice& dice);

  std::string& out_;
};

// Holds the lines of one area. Ids are numbered as lines are told, so that every
// source counts upwards in its own order of recording. Not thread-safe.
class Plan {
 public:
  // Where an event stands in the plan.
  struct Position {
    std::uint32_t index{};
  };

  Plan();

  // Adds a dealer's system, `dms/D0123`; it lasts until `clear`.
  Source add_dealer(std::string_view dealer);

  Line add(const Head& head);
  // Voids the event at `target`. Requires `head.recorded` later than that of the target.
  // The type, kind and key of `head` are not read.
  void add_void(Position target, const Head& head, std::string_view reason, Dice& dice);

  // Of the event added last.
  Position latest() const { return {static_cast<std::uint32_t>(records_.size() - 1)}; }

  Moment recorded(Position position) const { return records_[position.index].recorded; }

  std::size_t count() const { return records_.size(); }

  std::size_t byte_count() const { return text_.size(); }

  // Tells the planned events in order of recording, at most `limit` of them, and
  // returns how many. What would be recorded after the period is left out.
  std::uint64_t tell(const std::function<void(std::string_view line)>& sink, std::uint64_t limit);

  // Forgets events and dealers; the national systems go on counting.
  void clear();

 private:
  struct SystemOfRecord {
    std::string name;
    std::string id_prefix;
    std::size_t width;
    std::uint64_t told;
  };

  struct Record {
    Moment recorded;
    std::size_t offset;
    std::uint32_t source;
    std::uint32_t id_number;  // known when told
    std::int32_t erasure;     // place in `erasures_`, −1: none
  };

  // Where in a void the three mentions of its target's id end.
  struct Erasure {
    std::uint32_t target;
    std::size_t subject, causation, data;
  };

  // Where in `text_` two attributes ended.
  struct Ends {
    std::size_t subject, causation;
  };

  Ends start(const Head& head);
  void fill(std::size_t end, const SystemOfRecord& system, std::uint64_t number);

  std::string text_;
  std::vector<Record> records_;
  std::vector<Erasure> erasures_;
  std::vector<SystemOfRecord> systems_;
  std::vector<std::uint32_t> order_;
};

}  // namespace cli::generate
