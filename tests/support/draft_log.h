// A log in the making: events with their clocks, to be put in order and spelled as the
// outside form.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "tests/support/dice.h"

namespace test {

// A clock time in China.
struct Moment {
  ledger::Date day;
  int second{};  // of the day

  std::int64_t seconds() const;  // since the epoch, UTC
};

Moment at(ledger::Date day, int hour, int minute = 0);
ledger::Date day(const char* text);
ledger::Date plus(ledger::Date date, int days);

struct DraftEvent {
  std::string type, source, id;
  Moment time;
  std::int64_t recorded_seconds{};  // since the epoch
  boost::json::object data;
};

// Not thread-safe.
class DraftLog {
 public:
  explicit DraftLog(Dice& dice) : dice_(&dice) {}

  // Adds an event with a fresh id; the recorded time follows soon, mostly. Returns its
  // position among the drafts.
  std::size_t add(std::string type, Moment time, boost::json::object data);
  // The same, recorded so many seconds after `time`.
  std::size_t add_recorded(std::string type, Moment time, int delay, boost::json::object data);

  const std::vector<DraftEvent>& drafts() const { return drafts_; }

  // The lines in log order: mostly as recorded, some displaced, each void after what it
  // voids. Offsets and fractions vary.
  std::vector<std::string> lines() const;

 private:
  std::string line(const DraftEvent& draft) const;
  std::string spell(std::int64_t seconds) const;

  Dice* dice_;
  std::vector<DraftEvent> drafts_;
};

}  // namespace test
