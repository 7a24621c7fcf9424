#include "projections/admission.h"

#include <catch2/catch.hpp>
#include <deque>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/tests_dir.h"

namespace projections {
namespace {

using ledger::Entry;
using ledger::EventType;
using ledger::Sequence;
namespace schema = ledger::schema;

// The log before an event, in memory: what `append` was given, streams linked.
class History final : public ledger::Pending {
 public:
  History() = default;
  virtual ~History() = default;
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  // An entry that follows them; `build` makes its payload.
  template <class Build>
  Entry make(EventType type, const std::string& id, const std::string& subject, Build build) {
    flatbuffers::FlatBufferBuilder inner;
    inner.Finish(build(inner));
    flatbuffers::FlatBufferBuilder outer;
    const std::vector<std::uint8_t> payload(inner.GetBufferPointer(),
                                            inner.GetBufferPointer() + inner.GetSize());
    const schema::Timestamp time(0, 480, 0, false);
    const auto last = last_of(subject);
    outer.Finish(schema::CreateEventDirect(
        outer, "hq", id.c_str(), static_cast<std::uint8_t>(type), subject.c_str(), &time, nullptr,
        0, last ? static_cast<std::int64_t>(last->value) : -1, nullptr, flatbuffers::nullopt,
        nullptr, nullptr, 1, 1, nullptr, nullptr, &payload));
    buffers_.push_back(outer.Release());
    const auto& buffer = buffers_.back();
    return {Sequence{entries_.size()}, ledger::Bytes{}, schema::GetEvent(buffer.data())};
  }

  void append(const Entry& entry) { entries_.push_back(entry); }

  // Admits `entry` as the log would, appending it when it may enter.
  ledger::Status offer(const Entry& entry) {
    auto answer = admit_(entry, *this);
    if (answer) append(entry);
    return answer;
  }

  std::optional<Sequence> find(std::string_view source, std::string_view id) const override {
    for (const auto& entry : entries_) {
      if (entry.event->source()->string_view() != source) continue;
      if (entry.event->id()->string_view() == id) return entry.index;
    }
    return std::nullopt;
  }

  std::optional<Sequence> last_of(std::string_view subject) const override {
    std::optional<Sequence> last;
    for (const auto& entry : entries_) {
      if (entry.event->subject()->string_view() == subject) last = entry.index;
    }
    return last;
  }

  std::vector<std::string> subjects(std::string_view beginning) const override {
    std::set<std::string> found;
    for (const auto& entry : entries_) {
      const auto subject = entry.event->subject()->string_view();
      if (subject.starts_with(beginning)) found.emplace(subject);
    }
    return {found.begin(), found.end()};
  }

  std::optional<ledger::proof::ed25519::PublicKey> signed_by() const override { return {}; }

  const ledger::Config& config() const override { return config_; }

  ledger::Status read(Sequence index,
                      const std::function<ledger::Status(const Entry&)>& use) const override {
    if (unreadable)
      return ledger::Error{ledger::ErrorCode::corrupt, std::string("the frame is damaged")};
    REQUIRE(index.value < entries_.size());
    return use(entries_[index.value]);
  }

  bool unreadable = false;

 private:
  ledger::Admission admit_ = admission();
  ledger::Config config_;
  std::deque<flatbuffers::DetachedBuffer> buffers_;
  std::vector<Entry> entries_;
};

// The shipped fleet pack as `policy`, `version`.
std::string document(const std::string& policy, int version) {
  std::ifstream file(::test::in_tests("../policies/nev-fleet-2017.toml"), std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  auto pack = text.str();
  const auto replace = [&](const std::string& from, const std::string& to) {
    const auto at = pack.find(from);
    REQUIRE(at != std::string::npos);
    pack.replace(at, from.size(), to);
  };
  replace("policy = \"nev-fleet-2017\"", "policy = \"" + policy + "\"");
  replace("version = 1", "version = " + std::to_string(version));
  return pack;
}

Entry published(History& history, const std::string& id, int version, const std::string& text) {
  return history.make(EventType::PolicyPublished, id, "policy/fleet", [&](auto& builder) {
    return schema::CreatePolicyPublishedDirect(builder, "fleet", version, text.c_str());
  });
}

Entry notice(History& history, const std::string& id) {
  return history.make(EventType::PolicyNoticeDelivered, id, "policy/fleet", [](auto& builder) {
    return schema::CreatePolicyNoticeDeliveredDirect(builder, "fleet", 1, "D1");
  });
}

Entry voided(History& history, const std::string& id, const std::string& target) {
  return history.make(EventType::EventVoided, id, "event/hq#" + target, [&](auto& builder) {
    const std::vector<schema::Sha256> evidence;
    return schema::CreateEventVoidedDirect(builder, "hq", target.c_str(), "typing error",
                                           &evidence);
  });
}

void check_refused(const ledger::Status& answer, const std::string& message) {
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ledger::ErrorCode::invalid);
  CHECK(answer.error().message.en == message);
}

TEST_CASE("versions are published once each, whatever else stands in their stream") {
  History history;
  CHECK(history.offer(published(history, "p1", 1, document("fleet", 1))));
  CHECK(history.offer(notice(history, "n1")));
  CHECK(history.offer(published(history, "p3", 3, document("fleet", 3))));
  CHECK(history.offer(notice(history, "n2")));
  CHECK(history.offer(published(history, "p2", 2, document("fleet", 2))));
  check_refused(history.offer(published(history, "p4", 1, document("fleet", 1))),
                "data.version: got 1, published at index 0, wanted a "
                "version not published yet; a version never changes, so publish the next");
  check_refused(history.offer(published(history, "p5", 3, document("fleet", 3))),
                "data.version: got 3, published at index 2, wanted a "
                "version not published yet; a version never changes, so publish the next");
}

TEST_CASE("a notice of a version does not publish it") {
  History history;
  CHECK(history.offer(notice(history, "n1")));
  CHECK(history.offer(published(history, "p1", 1, document("fleet", 1))));
}

TEST_CASE("a pack must be of the policy and version that the event states") {
  History history;
  check_refused(history.offer(published(history, "p1", 1, document("other", 1))),
                "data.policy: got \"fleet\", wanted \"other\", as the "
                "document says");
  check_refused(history.offer(published(history, "p1", 1, document("fleet", 2))),
                "data.version: got 1, wanted 2, as the document says");
}

TEST_CASE("a pack that does not parse is refused with its line") {
  History history;
  check_refused(history.offer(published(history, "p1", 1, "policy = \"fleet\"\nversion = 1.0\n")),
                "data.document: the policy pack is refused: line 2: "
                "`version`: got a fraction, wanted an integer from 1 to 2147483647");
}

TEST_CASE("a void needs a target before it") {
  History history;
  check_refused(history.offer(voided(history, "v1", "n1")),
                "data.target_id: got hq#n1, which is not in the log, "
                "wanted the source and id of an event before this one");
  check_refused(history.offer(voided(history, "v1", "v1")),
                "data.target_id: got hq#v1, which is not in the log, "
                "wanted the source and id of an event before this one");
  history.append(notice(history, "n1"));
  CHECK(history.offer(voided(history, "v1", "n1")));
}

TEST_CASE("voiding again is accepted, voiding a void is not") {
  History history;
  history.append(notice(history, "n1"));
  CHECK(history.offer(voided(history, "v1", "n1")));
  CHECK(history.offer(voided(history, "v2", "n1")));
  check_refused(history.offer(voided(history, "v3", "v1")),
                "data.target_id: got the event.voided at index 1, wanted "
                "an event that is neither a pack nor a void; record the voided fact again "
                "instead");
}

TEST_CASE("a published pack cannot be voided") {
  History history;
  CHECK(history.offer(published(history, "p1", 1, document("fleet", 1))));
  check_refused(history.offer(voided(history, "v1", "p1")),
                "data.target_id: got the policy.published at index 0, "
                "wanted an event that is neither a pack nor a void; publish a new version of the "
                "policy instead");
}

TEST_CASE("a log that cannot be read admits nothing it would have to look up") {
  History history;
  CHECK(history.offer(notice(history, "n1")));
  history.unreadable = true;
  const auto pack = history.offer(published(history, "p1", 1, document("fleet", 1)));
  REQUIRE_FALSE(pack);
  CHECK(pack.error().code == ledger::ErrorCode::corrupt);
  const auto retraction = history.offer(voided(history, "v1", "n1"));
  REQUIRE_FALSE(retraction);
  CHECK(retraction.error().code == ledger::ErrorCode::corrupt);
  CHECK(history.offer(notice(history, "n2")));
}

}  // namespace
}  // namespace projections
