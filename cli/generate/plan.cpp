#include "cli/generate/plan.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "ledger/base/check.h"

namespace cli::generate {
namespace {

constexpr std::string_view opening = R"({"specversion":"1.0","id":")";
constexpr std::size_t national_systems = 5;
constexpr std::string_view zeros = "0000000000";

void append_number(std::string& out, std::int64_t value) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

// RFC 3339 at UTC+8; telemetry keeps its clock in UTC and counts milliseconds.
void append_moment(std::string& out, Moment moment, bool utc) {
  const auto local = utc ? moment + -8 * hour : moment;
  const auto seconds = local.seconds % day_length;
  const auto tens = [](std::int64_t value) { return static_cast<char>('0' + value / 10 % 10); };
  const auto ones = [](std::int64_t value) { return static_cast<char>('0' + value % 10); };
  const auto h = seconds / hour;
  const auto m = seconds / minute % 60;
  const auto s = seconds % 60;
  const std::array<char, 9> clock{'T',     tens(h), ones(h), ':',    tens(m),
                                  ones(m), ':',     tens(s), ones(s)};
  out.append(spelled(local.day())).append(clock.data(), clock.size());
  if (utc) {
    const auto ms = moment.seconds * 37 % 1'000;
    const std::array<char, 5> fraction{'.', static_cast<char>('0' + ms / 100), tens(ms), ones(ms),
                                       'Z'};
    out.append(fraction.data(), fraction.size());
  } else {
    out.append("+08:00");
  }
}

}  // namespace

void Line::open(std::string_view key, char bracket) {
  if (out_.back() != '{') out_.push_back(',');
  out_.push_back('"');
  out_.append(key).append("\":");
  if (bracket != 0) out_.push_back(bracket);
}

void Line::element(std::string_view value) {
  if (out_.back() != '[') out_.push_back(',');
  out_.push_back('"');
  out_.append(value).push_back('"');
}

Line& Line::close() {
  out_.push_back(']');
  return *this;
}

Line& Line::text(std::string_view key, std::string_view value) {
  open(key, '"');
  out_.append(value).push_back('"');
  return *this;
}

Line& Line::document(std::string_view key, std::string_view value) {
  open(key, '"');
  for (const char byte : value) {
    switch (byte) {
      case '\n':
        out_.append("\\n");
        break;
      case '\r':
        out_.append("\\r");
        break;
      case '\t':
        out_.append("\\t");
        break;
      case '"':
      case '\\':
        out_.push_back('\\');
        [[fallthrough]];
      default:
        out_.push_back(byte);
    }
  }
  out_.push_back('"');
  return *this;
}

Line& Line::number(std::string_view key, std::int64_t value) {
  open(key, 0);
  append_number(out_, value);
  return *this;
}

Line& Line::flag(std::string_view key, bool value) {
  open(key, 0);
  out_.append(value ? "true" : "false");
  return *this;
}

Line& Line::date(std::string_view key, Day value) {
  return text(key, spelled(value));
}

Line& Line::digest(std::string_view key, Dice& dice) {
  open(key, 0);
  hexadecimal(dice);
  return *this;
}

Line& Line::digests(std::string_view key, int count, Dice& dice) {
  open(key, '[');
  for (int i = 0; i < count; ++i) {
    if (i > 0) out_.push_back(',');
    hexadecimal(dice);
  }
  return close();
}

void Line::hexadecimal(Dice& dice) {
  std::array<char, 66> quoted{};
  quoted.front() = quoted.back() = '"';
  for (std::size_t i = 1; i < 65;) {
    auto word = dice.next();
    for (int digit = 0; digit < 16; ++digit, ++i, word >>= 4U) {
      quoted[i] = "0123456789abcdef"[word & 15U];
    }
  }
  out_.append(quoted.data(), quoted.size());
}

Plan::Plan()
    : systems_{{"hq/oms", "oms-", 9, 0},
               {"hq/finance", "fin-", 9, 0},
               {"hq/audit", "aud-", 9, 0},
               {"gov/subsidy", "gov-", 9, 0},
               {"tsp/telemetry", "tsp-", 9, 0}} {
}

Source Plan::add_dealer(std::string_view dealer) {
  systems_.push_back({std::string("dms/").append(dealer), std::string(dealer).append("-"), 7, 0});
  return {static_cast<std::uint32_t>(systems_.size() - 1)};
}

Plan::Ends Plan::start(const Head& head) {
  const auto& system = systems_[head.source.number];
  const auto utc = head.source.number == telemetry.number;
  Ends ends{};
  records_.push_back({head.recorded, text_.size(), head.source.number, 0, -1});
  text_.append(opening).append(system.id_prefix).append(zeros.substr(0, system.width));
  text_.append(R"(","source":")").append(system.name);
  text_.append(R"(","type":")").append(head.type);
  text_.append(R"(","subject":")").append(head.kind).append("/").append(head.key);
  ends.subject = text_.size();
  text_.append(R"(","time":")");
  append_moment(text_, head.time, utc);
  text_.append(R"(","recordedtime":")");
  append_moment(text_, head.recorded, utc);
  if (!head.actor.empty()) text_.append(R"(","actor":")").append(head.actor);
  if (!head.role.empty()) text_.append(R"(","role":")").append(head.role);
  if (!head.causation.empty()) text_.append(R"(","causationid":")").append(head.causation);
  ends.causation = text_.size();
  text_.append(R"(","data":{)");
  return ends;
}

Line Plan::add(const Head& head) {
  start(head);
  return Line(text_);
}

void Plan::add_void(Position target, const Head& head, std::string_view reason, Dice& dice) {
  ledger::check(head.recorded > recorded(target), "a void is recorded after its target");
  const auto& system = systems_[records_[target.index].source];
  const std::string id = std::string(system.id_prefix).append(zeros.substr(0, system.width));
  const std::string name = std::string(system.name).append("#").append(id);
  const auto ends = start({head.source, "event.voided", "event", name, head.time, head.recorded,
                           head.role, head.actor, name});
  Line line(text_);
  line.text("target_source", system.name).text("target_id", id);
  const auto data = text_.size() - 1;
  line.text("reason", reason).digests("evidence", dice.between(1, 2), dice);
  records_.back().erasure = static_cast<std::int32_t>(erasures_.size());
  erasures_.push_back({target.index, ends.subject, ends.causation, data});
}

void Plan::fill(std::size_t end, const SystemOfRecord& system, std::uint64_t number) {
  for (std::size_t i = 0; i < system.width; ++i, number /= 10) {
    text_[--end] = static_cast<char>('0' + number % 10);
  }
  ledger::check(number == 0, "an id has room for the events of its system");
}

std::uint64_t Plan::tell(const std::function<void(std::string_view line)>& sink,
                         std::uint64_t limit) {
  order_.resize(records_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) {
    order_[i] = i;
  }
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
    const auto left = records_[a].recorded;
    const auto right = records_[b].recorded;
    return left != right ? left < right : a < b;
  });
  std::uint64_t told = 0;
  for (const auto index : order_) {
    auto& record = records_[index];
    if (told == limit || record.recorded >= at(period_end)) break;
    auto& system = systems_[record.source];
    record.id_number = static_cast<std::uint32_t>(++system.told);
    fill(record.offset + opening.size() + system.id_prefix.size() + system.width, system,
         system.told);
    if (record.erasure >= 0) {
      const auto& erasure = erasures_[static_cast<std::size_t>(record.erasure)];
      const auto& target = records_[erasure.target];
      for (const auto end : {erasure.subject, erasure.causation, erasure.data}) {
        fill(end, systems_[target.source], target.id_number);
      }
    }
    const auto next = index + 1 == records_.size() ? text_.size() : records_[index + 1].offset;
    sink(std::string_view(text_).substr(record.offset, next - record.offset));
    ++told;
  }
  return told;
}

void Plan::clear() {
  text_.clear();
  records_.clear();
  erasures_.clear();
  systems_.erase(systems_.begin() + national_systems, systems_.end());
}

}  // namespace cli::generate
