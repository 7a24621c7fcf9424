#include "tests/support/draft_log.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>

#include "tests/support/subject.h"

namespace test {
namespace {

constexpr int day_seconds = 86'400;
constexpr int china_seconds = 8 * 3'600;
constexpr std::int64_t second_ns = 1'000'000'000;

std::vector<const DraftEvent*> in_log_order(const std::vector<DraftEvent>& drafts, Dice& dice) {
  std::vector<std::pair<std::int64_t, const DraftEvent*>> keyed;
  for (const auto& draft : drafts) {
    auto key = draft.recorded_seconds;
    if (dice.percent(8)) key = dice.pick(drafts).recorded_seconds;
    keyed.emplace_back(key, &draft);
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const DraftEvent*> order;
  order.reserve(keyed.size());
  for (const auto& [key, draft] : keyed) order.push_back(draft);
  return order;
}

// Moves every void behind what it voids, as a ledger demands.
std::vector<const DraftEvent*> voids_after_targets(const std::vector<const DraftEvent*>& order) {
  std::vector<const DraftEvent*> result;
  std::multimap<std::string, const DraftEvent*> waiting;
  std::map<std::string, bool> there;
  for (const auto* draft : order) {
    if (draft->type == "event.voided") {
      const auto target = subject_of(draft->type, draft->data);
      if (!there[target]) {
        waiting.emplace(target, draft);
        continue;
      }
    }
    result.push_back(draft);
    const auto name = "event/" + draft->source + '#' + draft->id;
    there[name] = true;
    const auto [begin, end] = waiting.equal_range(name);
    for (auto held = begin; held != end; ++held) result.push_back(held->second);
    waiting.erase(begin, end);
  }
  return result;
}

}  // namespace

std::int64_t Moment::seconds() const {
  return std::int64_t{day.days} * day_seconds + second - china_seconds;
}

Moment at(ledger::Date day, int hour, int minute) {
  return {day, hour * 3'600 + minute * 60};
}

ledger::Date day(const char* text) {
  return *ledger::parse_date(text);
}

ledger::Date plus(ledger::Date date, int days) {
  return {date.days + days};
}

std::size_t DraftLog::add(std::string type, Moment time, boost::json::object data) {
  int delay = 180;
  if (dice_->percent(8)) delay = dice_->between(0, 12) * 12 * 3'600;
  if (dice_->percent(2)) delay = -3'600;
  return add_recorded(std::move(type), time, delay, std::move(data));
}

std::size_t DraftLog::add_recorded(std::string type, Moment time, int delay,
                                   boost::json::object data) {
  DraftEvent draft;
  draft.type = std::move(type);
  // Ids repeat among sources: only together do they name an event.
  draft.source = dice_->pick({"hq/oms", "dms/D1", "dms/D2"});
  const auto same_source = std::count_if(drafts_.begin(), drafts_.end(), [&](const auto& other) {
    return other.source == draft.source;
  });
  draft.id = "e" + std::to_string(same_source + 1);
  draft.time = time;
  draft.recorded_seconds = time.seconds() + delay;
  draft.data = std::move(data);
  drafts_.push_back(std::move(draft));
  return drafts_.size() - 1;
}

std::string DraftLog::spell(std::int64_t seconds) const {
  ledger::Timestamp stamp;
  stamp.ns = seconds * second_ns;
  stamp.offset_minutes = 8 * 60;
  if (dice_->percent(15)) {
    stamp.offset_minutes = dice_->pick<std::int16_t>({0, 0, -300, 345, 840});
    stamp.zulu = stamp.offset_minutes == 0 && dice_->percent(50);
  }
  if (dice_->percent(6)) {
    stamp.fraction_digits = dice_->pick<std::uint8_t>({1, 3, 9});
    if (dice_->percent(70)) stamp.ns += second_ns / 2;
  }
  return ledger::to_string(stamp);
}

std::string DraftLog::line(const DraftEvent& draft) const {
  boost::json::object event;
  event["specversion"] = "1.0";
  event["id"] = draft.id;
  event["source"] = draft.source;
  event["type"] = draft.type;
  event["subject"] = subject_of(draft.type, draft.data);
  event["time"] = spell(draft.time.seconds());
  event["recordedtime"] = spell(draft.recorded_seconds);
  event["data"] = draft.data;
  return boost::json::serialize(event);
}

std::vector<std::string> DraftLog::lines() const {
  std::vector<std::string> result;
  for (const auto* draft : voids_after_targets(in_log_order(drafts_, *dice_))) {
    result.push_back(line(*draft));
  }
  return result;
}

}  // namespace test
