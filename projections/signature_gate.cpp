#include "projections/signature_gate.h"

#include <algorithm>
#include <functional>
#include <string>

#include "ledger/catalogue.h"
#include "ledger/codec.h"
#include "ledger/refusal.h"
#include "ledger/stored_field.h"
#include "ledger/stream_walk.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::EventType;
using ledger::Ok;
using ledger::Pending;
using ledger::refused;
using ledger::Result;
using ledger::Sequence;
using ledger::SignatureRules;
using ledger::Status;
using ledger::Walk;
namespace schema = ledger::schema;

constexpr const char* signature = "authorsig";

bool asks_for(const SignatureRules& rules, std::string_view type) {
  if (std::find(rules.required.begin(), rules.required.end(), type) != rules.required.end()) {
    return true;
  }
  return std::any_of(rules.distinct.begin(), rules.distinct.end(),
                     [&](const auto& pair) { return pair.first == type || pair.second == type; });
}

// The types whose signer must be another than that of `type`.
std::vector<std::string_view> kept_apart(const SignatureRules& rules, std::string_view type) {
  std::vector<std::string_view> others;
  for (const auto& [a, b] : rules.distinct) {
    if (a == type) others.emplace_back(b);
    if (b == type && a != b) others.emplace_back(a);
  }
  return others;
}

// The `kind` that the data of the event names, if they do: a request of one kind is not
// answered by a decision on another.
std::optional<std::string_view> kind_in(const Entry& entry) {
  const auto& rule = *ledger::catalogue().find(entry.type());
  const auto place = rule.field_names.find("kind");
  if (!place || rule.fields[*place].storage != ledger::Storage::enumeration) return std::nullopt;
  const auto& payload = ledger::payload_table(*entry.event);
  const auto& field = rule.fields[*place];
  if (!ledger::is_present(payload, field)) return std::nullopt;
  return field.values[static_cast<std::size_t>(ledger::number_in(payload, field))];
}

bool are_about_one(const Entry& a, const Entry& b) {
  const auto kind = kind_in(a);
  const auto other = kind_in(b);
  return !kind || !other || *kind == *other;
}

// The rules' owner, worded where something is refused.
using WhoAsks = std::function<ledger::Message()>;

// Looks for an event in the stream of `event` that it must not share its signer with.
Status keep_apart(const Entry& event, const std::vector<std::string_view>& others,
                  const WhoAsks& who_asks, const Pending& before, AuthorGate& authors) {
  // A copy: the gate may forget the enrolment while it finds others.
  const auto signer = TRY(authors.signer_of(event, before))->author.key.name();
  const auto look = [&](const Entry& earlier) -> Result<Walk> {
    const auto type = ledger::type_name(earlier.type());
    if (std::find(others.begin(), others.end(), type) == others.end()) return Walk::on;
    if (!earlier.event->author_key() || !are_about_one(event, earlier)) return Walk::on;
    const auto* other = TRY(authors.signer_of(earlier, before));
    if (other == nullptr || other->author.key.name() != signer) return Walk::on;
    return refused(signature,
                   ledger::worded("one by {}, who signed the {} at index {} too",
                                  "{0} 的签名，序号 {2} 处的 {1} 也由其签名",
                                  ledger::quoted(signer), type, earlier.index.value),
                   ledger::worded("a signature of somebody else: {} asks for four eyes",
                                  "他人的签名：{} 要求双人复核", who_asks()));
  };
  return ledger::walk_back(before, event.event->subject()->string_view(), look);
}

Status apply(const SignatureRules& rules, const WhoAsks& who_asks, const Entry& event,
             const Pending& before, AuthorGate& authors) {
  const auto type = ledger::type_name(event.type());
  if (!event.event->author_key()) {
    if (!asks_for(rules, type)) return Ok{};
    return refused(
        signature, ledger::nothing_there,
        ledger::worded("a signature, which {} asks of {}; `tally sign` adds it",
                       "签名，{} 要求 {} 带有签名；可用 `tally sign` 添加", who_asks(), type));
  }
  const auto others = kept_apart(rules, type);
  if (others.empty()) return Ok{};
  return keep_apart(event, others, who_asks, before, authors);
}

}  // namespace

Status SignatureGate::admit(const Entry& event, const Pending& before, AuthorGate& authors) {
  if (!published_) TRY(catch_up(before));
  if (const auto& rules = before.config().signatures; !rules.empty()) {
    TRY(apply(
        rules, [] { return std::string("config.toml"); }, event, before, authors));
  }
  const bool any = std::any_of(published_->begin(), published_->end(),
                               [](const Published& pack) { return !pack.rules.empty(); });
  if (!any) return Ok{};
  for (const auto* pack : in_force(ledger::business_date(event.event->time()->ns()))) {
    const auto who = [pack] {
      return ledger::worded("{} version {}", "{} 版本 {}", ledger::quoted(pack->policy),
                            pack->version);
    };
    TRY(apply(pack->rules, who, event, before, authors));
  }
  return Ok{};
}

void SignatureGate::note(const Entry& event, const policy::Pack& pack) {
  if (!published_) return;  // catching up will find it
  published_->push_back({event.index, pack.policy, pack.version, pack.effective_from,
                         pack.effective_to, pack.signatures});
}

void SignatureGate::forget_from(Sequence index) {
  if (!published_) return;
  std::erase_if(*published_, [&](const Published& pack) { return pack.index >= index; });
}

Status SignatureGate::catch_up(const Pending& before) {
  std::vector<Published> published;
  for (const auto& subject : before.subjects("policy/")) {
    const auto look = [&](const Entry& entry) -> Result<Walk> {
      if (entry.type() != EventType::PolicyPublished) return Walk::on;
      const auto& text = *entry.payload<schema::PolicyPublished>().document();
      auto pack = TRY(policy::parse_pack(text.string_view()));
      published.push_back({entry.index, pack.policy, pack.version, pack.effective_from,
                           pack.effective_to, pack.signatures});
      return Walk::on;
    };
    TRY(ledger::walk_back(before, subject, look));
  }
  published_ = std::move(published);
  return Ok{};
}

std::vector<const SignatureGate::Published*> SignatureGate::in_force(ledger::Date date) const {
  std::vector<const Published*> latest;
  for (const auto& pack : *published_) {
    if (date < pack.from || pack.to < date) continue;
    const auto same = std::find_if(latest.begin(), latest.end(), [&](const Published* other) {
      return other->policy == pack.policy;
    });
    if (same == latest.end()) {
      latest.push_back(&pack);
    } else if ((*same)->version < pack.version) {
      *same = &pack;
    }
  }
  return latest;
}

}  // namespace projections
