#include "bench/signed_history.h"

#include <map>
#include <optional>
#include <string>

#include "bench/history.h"
#include "cli/generate/history.h"
#include "ledger/author_key.h"
#include "ledger/catalogue.h"
#include "ledger/line_signer.h"
#include "ledger/proof/base64.h"

namespace bench {
namespace {

namespace proof = ledger::proof;

constexpr std::string_view role_label = R"("role":")";

// A key that is no secret, for a role.
ledger::Result<proof::SigningKey> key_of(std::string_view role) {
  proof::ed25519::Seed bytes{};
  for (std::size_t at = 0; at < role.size() && at < bytes.size(); ++at) {
    bytes[at] = static_cast<std::byte>(role[at]);
  }
  return proof::SigningKey::of("bench-" + std::string(role), bytes);
}

std::string enrolment(const proof::VerifierKey& key, std::string_view role) {
  const auto subject = ledger::key_subject(key.id());
  const auto id = subject.substr(subject.find('/') + 1);
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"bench","type":"key.enrolled",)" +
         R"("subject":")" + subject + R"(","time":"2000-01-01T00:00:00Z","data":{"key":")" + id +
         R"(","public_key":")" + proof::encode_base64(key.public_key()) + R"(","holder":")" +
         key.name() + R"(","role":")" + std::string(role) + R"(","valid_from":"2000-01-01"}})";
}

// The generator writes roles as exports do; a line without one may be signed by any.
std::string_view role_in(std::string_view line) {
  const auto label = line.find(role_label);
  if (label == std::string_view::npos) return "system";
  const auto begin = label + role_label.size();
  return line.substr(begin, line.find('"', begin) - begin);
}

// Takes lines until one is refused.
class Writer {
 public:
  explicit Writer(std::size_t batch_size) : batch_size_(batch_size) {}

  void add(std::string_view line, std::vector<ledger::Batch>& batches) {
    if (failure_) return;
    if (batches.empty() || batches.back().count() == batch_size_) batches.emplace_back();
    if (const auto refusal = encoder_.add(line, batches.back())) fail(refused_event(*refusal));
  }

  void fail(ledger::Error error) {
    if (!failure_) failure_ = std::move(error);
  }

  const std::optional<ledger::Error>& failure() const { return failure_; }

 private:
  ledger::Encoder encoder_;
  std::size_t batch_size_;
  std::optional<ledger::Error> failure_;
};

}  // namespace

ledger::Result<SignedHistory> signed_history(std::uint64_t events, std::size_t batch_size,
                                             std::string_view origin) {
  SignedHistory history;
  Writer writer(batch_size);
  std::map<std::string, ledger::LineSigner, std::less<>> signers;
  for (const auto role : ledger::catalogue().roles().names()) {
    const auto key = TRY(key_of(role));
    for (auto* batches : {&history.with, &history.without}) {
      writer.add(enrolment(key.verifier(), role), *batches);
    }
    // Salts of zeros cost the signer a read of the system's randomness less, and nobody else
    // anything.
    signers.try_emplace(std::string(role), key, std::string(origin),
                        [](std::span<std::byte>) -> ledger::Status { return ledger::Ok{}; });
  }
  cli::generate::generate_history({events, history_seed}, [&](std::string_view line) {
    if (writer.failure()) return;
    writer.add(line, history.without);
    const auto outcome = signers.find(role_in(line))->second.sign(line);
    if (!outcome) return writer.fail(outcome.error());
    if (const auto* refusal = std::get_if<ledger::Refusal>(&*outcome)) {
      return writer.fail(refused_event(*refusal));
    }
    writer.add(std::get<std::string>(*outcome), history.with);
  });
  if (writer.failure()) return *writer.failure();
  return history;
}

}  // namespace bench
