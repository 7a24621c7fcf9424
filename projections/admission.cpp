#include "projections/admission.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>

#include "ledger/refusal.h"
#include "ledger/stream_walk.h"
#include "projections/author_gate.h"
#include "projections/policy/pack.h"
#include "projections/signature_gate.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::EventType;
using ledger::Ok;
using ledger::Pending;
using ledger::refused;
using ledger::Sequence;
using ledger::Status;
using ledger::Walk;
namespace schema = ledger::schema;

// What an event would come after, as far as admission asks. Lookups of a log on its way fail
// aside (ledger::Sequencer); those of a source fail here.
class Before {
 public:
  virtual ~Before() = default;
  virtual ledger::Result<std::optional<Sequence>> find(std::string_view source,
                                                       std::string_view id) const = 0;
  virtual Status read(Sequence index, const EventSource::Visit& use) const = 0;
  // Where the version that `event` publishes was published already.
  virtual ledger::Result<std::optional<Sequence>> published(const Entry& event) const = 0;
};

bool publishes_as(const Entry& older, const Entry& event) {
  if (older.type() != EventType::PolicyPublished) return false;
  const auto& a = older.payload<schema::PolicyPublished>();
  const auto& b = event.payload<schema::PolicyPublished>();
  return a.version() == b.version() && a.policy()->string_view() == b.policy()->string_view();
}

class BeforeInLog final : public Before {
 public:
  explicit BeforeInLog(const Pending& pending) : pending_(pending) {}

  ledger::Result<std::optional<Sequence>> find(std::string_view source,
                                               std::string_view id) const override {
    return pending_.find(source, id);
  }

  Status read(Sequence index, const EventSource::Visit& use) const override {
    return pending_.read(index, use);
  }

  ledger::Result<std::optional<Sequence>> published(const Entry& event) const override {
    std::optional<Sequence> at;
    const auto look = [&](const Entry& older) -> ledger::Result<Walk> {
      if (!publishes_as(older, event)) return Walk::on;
      at = older.index;
      return Walk::enough;
    };
    TRY(ledger::walk_back(pending_, event.event->subject()->string_view(), look));
    return at;
  }

 private:
  const Pending& pending_;
};

class BeforeInSource final : public Before {
 public:
  explicit BeforeInSource(const EventSource& source) : source_(source) {}

  ledger::Result<std::optional<Sequence>> find(std::string_view source,
                                               std::string_view id) const override {
    return source_.find(source, id);
  }

  Status read(Sequence index, const EventSource::Visit& use) const override {
    return source_.read_each({index}, use);
  }

  ledger::Result<std::optional<Sequence>> published(const Entry& event) const override {
    std::optional<Sequence> at;
    TRY(source_.scan(EventType::PolicyPublished, [&](const Entry& older) -> Status {
      if (publishes_as(older, event)) at = older.index;
      return Ok{};
    }));
    return at;
  }

 private:
  const EventSource& source_;
};

ledger::Result<policy::Pack> admit_pack(const Entry& event, const Before& before) {
  const auto& data = event.payload<schema::PolicyPublished>();
  auto pack = policy::parse_pack(data.document()->string_view());
  if (!pack) {
    return ledger::Error{pack.error().code, ledger::worded("data.document: {}", "data.document：{}",
                                                           pack.error().message)};
  }
  const auto policy = data.policy()->string_view();
  if (policy != pack->policy) {
    return refused(
        "data.policy", fmt::format("\"{}\"", policy),
        ledger::worded("\"{}\", as the document says", "\"{}\"，与文档所载一致", pack->policy));
  }
  if (data.version() != pack->version) {
    return refused("data.version", fmt::format("{}", data.version()),
                   ledger::worded("{}, as the document says", "{}，与文档所载一致", pack->version));
  }
  if (const auto at = TRY(before.published(event))) {
    return refused("data.version",
                   ledger::worded("{}, published at index {}", "{}，已在序号 {} 处发布",
                                  data.version(), at->value),
                   {"a version not published yet; a version never changes, so publish the next",
                    "尚未发布的版本；版本发布后不再改变，请发布下一版本"});
  }
  return *std::move(pack);
}

Status admit_void(const Entry& event, const Before& before) {
  const auto& data = event.payload<schema::EventVoided>();
  const auto source = data.target_source()->string_view();
  const auto id = data.target_id()->string_view();
  const auto target = TRY(before.find(source, id));
  if (!target) {
    return refused(
        "data.target_id",
        ledger::worded("{}#{}, which is not in the log", "{}#{}，日志中没有该事件", source, id),
        {"the source and id of an event before this one", "此事件之前某一事件的来源与编号"});
  }
  const auto look = [&](const Entry& voided) -> Status {
    const ledger::Message wanted("an event that is neither a pack nor a void",
                                 "既非政策包也非作废的事件");
    const auto at = voided.index.value;
    if (voided.type() == EventType::PolicyPublished) {
      return refused(
          "data.target_id",
          ledger::worded("the policy.published at index {}", "序号 {} 处的 policy.published", at),
          ledger::worded("{}; publish a new version of the policy instead",
                         "{}；请改为发布该政策的新版本", wanted));
    }
    if (voided.type() == EventType::EventVoided) {
      return refused(
          "data.target_id",
          ledger::worded("the event.voided at index {}", "序号 {} 处的 event.voided", at),
          ledger::worded("{}; record the voided fact again instead",
                         "{}；请改为重新记录已作废的事实", wanted));
    }
    return Ok{};
  };
  return before.read(*target, look);
}

// What the program decides with, for one log.
class Gates {
 public:
  Status admit(const Entry& event, const Pending& before) {
    // A batch that is refused is taken back, and its places are given anew.
    if (event.index < next_) {
      authors_.forget_from(event.index);
      signatures_.forget_from(event.index);
    }
    next_ = Sequence{event.index.value + 1};
    TRY(authors_.admit(event, before));
    TRY(signatures_.admit(event, before, authors_));
    const auto type = event.type();
    if (type == EventType::EventVoided) return admit_void(event, BeforeInLog(before));
    if (type == EventType::KeyEnrolled) return admit_enrolment(event, before);
    if (type == EventType::KeyRevoked) return admit_revocation(event, before);
    if (type != EventType::PolicyPublished) return Ok{};
    signatures_.note(event, TRY(admit_pack(event, BeforeInLog(before))));
    return Ok{};
  }

 private:
  AuthorGate authors_;
  SignatureGate signatures_;
  Sequence next_;
};

}  // namespace

ledger::Admission admission() {
  // std::function wants copies; there is one log behind all of them.
  const auto gates = std::make_shared<Gates>();
  return [gates](const Entry& event, const Pending& before) { return gates->admit(event, before); };
}

Status admit_supposed(const Entry& event, const EventSource& before) {
  if (event.type() == EventType::PolicyPublished) {
    TRY(admit_pack(event, BeforeInSource(before)));
  }
  if (event.type() == EventType::EventVoided) return admit_void(event, BeforeInSource(before));
  return Ok{};
}

}  // namespace projections
