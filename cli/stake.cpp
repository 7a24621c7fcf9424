#include "cli/stake.h"

#include <algorithm>
#include <boost/json.hpp>

#include "cli/line_money.h"
#include "ledger/codec.h"
#include "ledger/event_copy.h"
#include "projections/models.h"

namespace cli {
namespace {

namespace json = boost::json;
namespace schema = ledger::schema;

// Events that may be folded for the sake of all suspects together: some tens of seconds.
constexpr std::uint64_t folded_events_max = 50'000'000;

std::string text_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

std::int64_t fen_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  return value == nullptr ? 0 : value->to_number<std::int64_t>();
}

// The orders that an event names.
void add_orders(const ledger::Entry& entry, std::set<std::string>& orders) {
  std::string text;
  ledger::append_json(entry, text);
  const auto event = json::parse(text).as_object();
  const auto& data = event.at("data").as_object();
  if (auto order = text_at(data, "order"); !order.empty()) orders.insert(std::move(order));
  const auto* const list = data.if_contains("orders");
  if (list == nullptr || !list->is_array()) return;
  for (const auto& order : list->get_array()) orders.emplace(order.as_string());
}

// What stands for a suspect while others are looked at: as signed, else as found.
const std::vector<std::byte>* best_of(const Suspect& suspect) {
  if (suspect.expected) return &*suspect.expected;
  return suspect.found ? &*suspect.found : nullptr;
}

// A log with all its suspects, each of which can be taken out.
class Trial {
 public:
  Trial(const ledger::Evidence& evidence, const std::vector<Suspect>& suspects, unsigned threads)
      : salvage_(evidence), suspects_(suspects), threads_(threads) {}

  const Salvage& salvage() const { return salvage_; }

  // All suspects in their best state; without those that nobody vouches for where they are
  // what keeps the log from being replayed.
  ledger::Status begin() {
    for (const auto& suspect : suspects_) stand(suspect.index, best_of(suspect));
    auto money = money_of(salvage_, threads_);
    if (!money) {
      for (const auto& suspect : suspects_) {
        stand(suspect.index, suspect.expected ? &*suspect.expected : nullptr);
      }
      money = money_of(salvage_, threads_);
      only_signed_ = true;
    }
    if (!money) return money.error();
    best_ = *std::move(money);
    return ledger::Ok{};
  }

  std::optional<Dependents> price(const Suspect& suspect) {
    const auto* const best = best_of(suspect);
    if (best == nullptr || (only_signed_ && !suspect.expected)) return std::nullopt;
    const auto without = money_with(suspect.index, nullptr);
    auto states = std::vector<const MoneyByLine*>{&best_};
    if (without) states.push_back(&*without);
    std::optional<MoneyByLine> altered;
    if (suspect.expected && suspect.found) altered = money_with(suspect.index, &*suspect.found);
    if (altered) states.push_back(&*altered);
    stand(suspect.index, best);
    if (states.size() < 2) return std::nullopt;
    auto spread = spread_of(states);
    return Dependents{std::move(spread.lines), spread.fen, false};
  }

 private:
  void stand(ledger::Sequence index, const std::vector<std::byte>* bytes) {
    // What is no event is left out, and that is all that can be done with it.
    if (bytes == nullptr || !salvage_.put(index, *bytes)) salvage_.withdraw(index);
  }

  std::optional<MoneyByLine> money_with(ledger::Sequence index,
                                        const std::vector<std::byte>* bytes) {
    stand(index, bytes);
    auto money = money_of(salvage_, threads_);
    return money ? std::optional(*std::move(money)) : std::nullopt;
  }

  Salvage salvage_;
  const std::vector<Suspect>& suspects_;
  unsigned threads_;
  MoneyByLine best_;
  bool only_signed_ = false;
};

}  // namespace

bool is_plausible(ledger::Sequence index, const std::vector<std::byte>& bytes) {
  const auto entry = ledger::decode(index, bytes);
  if (!entry) return false;
  // Nobody needs to open a sealed value for this: an empty one, which every such field may
  // hold, stands in its place.
  ledger::EventCopy copy;
  const auto opened =
      copy.copy(*entry->event,
                [](const auto&, const ledger::schema::Personal& value,
                   auto& into) -> ledger::Result<std::optional<ledger::EventCopy::Personal>> {
                  if (value.form() == ledger::schema::PersonalForm::plain) {
                    return std::optional<ledger::EventCopy::Personal>();
                  }
                  const auto nothing = into.CreateString("", 0);
                  return std::optional(ledger::schema::CreatePersonal(
                      into, ledger::schema::PersonalForm::plain, nothing));
                });
  if (!opened) return false;
  std::string line;
  ledger::append_json({index, *opened, flatbuffers::GetRoot<ledger::schema::Event>(opened->data())},
                      line);
  ledger::Batch batch;
  return !ledger::Encoder().add(line, batch);
}

ledger::Result<Stake> Stake::of(const ledger::Evidence& evidence,
                                const std::vector<Suspect>& suspects,
                                const std::set<std::string>& subjects, unsigned threads) {
  Stake stake;
  Trial trial(evidence, suspects, threads);
  TRY(trial.begin());
  const auto size = std::max<std::uint64_t>(trial.salvage().size().value, 1);
  const auto priced_max = std::max<std::uint64_t>(folded_events_max / size, 4);
  for (const auto& suspect : suspects) {
    if (stake.priced_.size() == priced_max) break;
    auto dependents = trial.price(suspect);
    if (dependents) stake.priced_[suspect.index] = *std::move(dependents);
  }
  if (stake.priced_.size() < suspects.size()) {
    TRY(stake.list_lines(trial.salvage(), threads));
    TRY(stake.follow_streams(trial.salvage(), suspects, subjects));
  }
  return stake;
}

ledger::Status Stake::list_lines(const projections::EventSource& source, unsigned threads) {
  const auto replay = TRY(projections::Replay::run(source, {}, threads));
  const auto printed = TRY(projections::print_model(*replay, projections::ReadModel::entitlements));
  for (const auto& row : printed.rows) {
    const auto object = json::parse(row).as_object();
    lines_.push_back(
        {.line = text_at(object, "line"),
         .order = text_at(object, "order"),
         .dealer = text_at(object, "dealer"),
         .customer = text_at(object, "customer"),
         .policy = text_at(object, "policy"),
         .fen = std::max({fen_at(object, "entitled_fen"), fen_at(object, "granted_fen"),
                          fen_at(object, "issued_fen")})});
  }
  return ledger::Ok{};
}

// Which streams the unreadable ones are of, and the orders that the other events of a stream
// name, or that name the filing it is about. The stream index is not asked: the way along it
// may lead through what is damaged.
ledger::Status Stake::follow_streams(const Salvage& sound, const std::vector<Suspect>& suspects,
                                     const std::set<std::string>& subjects) {
  std::set<std::int64_t> unknown;
  for (const auto& suspect : suspects) {
    if (!suspect.found) unknown.insert(static_cast<std::int64_t>(suspect.index.value));
  }
  auto wanted = subjects;
  TRY(sound.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    if (!unknown.contains(entry.event->previous())) return ledger::Ok{};
    const auto index = static_cast<std::uint64_t>(entry.event->previous());
    const auto subject = entry.event->subject()->str();
    subjects_[ledger::Sequence{index}] = subject;
    wanted.insert(subject);
    return ledger::Ok{};
  }));
  return sound.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    const std::string subject(entry.event->subject()->string_view());
    if (wanted.contains(subject)) add_orders(entry, orders_[subject]);
    if (entry.type() != schema::Payload::OrderCreated) return ledger::Ok{};
    const auto& order = entry.payload<schema::OrderCreated>();
    if (order.filing() == nullptr) return ledger::Ok{};
    const auto filing = "filing/" + std::string(order.filing()->string_view());
    if (wanted.contains(filing)) orders_[filing].emplace(order.order()->string_view());
    return ledger::Ok{};
  });
}

std::optional<Dependents> Stake::of_entry(ledger::Sequence index) const {
  const auto found = priced_.find(index);
  if (found == priced_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> Stake::subject_of(ledger::Sequence index) const {
  const auto found = subjects_.find(index);
  if (found == subjects_.end()) return std::nullopt;
  return found->second;
}

Dependents Stake::of_stream(const std::string& subject) const {
  const auto slash = std::min(subject.find('/'), subject.size());
  const auto kind = subject.substr(0, slash);
  const auto key = subject.substr(std::min(slash + 1, subject.size()));
  const auto found = orders_.find(subject);
  Dependents dependents;
  dependents.by_stream = true;
  for (const auto& line : lines_) {
    const bool named =
        (kind == "order" && line.order == key) || (kind == "dealer" && line.dealer == key) ||
        (kind == "customer" && line.customer == key) || (kind == "policy" && line.policy == key);
    if (!named && (found == orders_.end() || !found->second.contains(line.order))) continue;
    dependents.lines.push_back(line.line);
    dependents.fen = saturating_sum(dependents.fen, line.fen);
  }
  return dependents;
}

}  // namespace cli
