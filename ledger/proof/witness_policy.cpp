#include "ledger/proof/witness_policy.h"

#include <algorithm>
#include <set>

#include "ledger/base/check.h"
#include "ledger/proof/note.h"
#include "ledger/proof/text.h"

namespace ledger::proof {
namespace {

constexpr std::size_t policy_bytes_max = std::size_t{1} << 20;
constexpr std::string_view no_quorum = "none";

using Words = std::vector<std::string_view>;

// Only tabs and spaces part words.
Words words_of(std::string_view line) {
  constexpr std::string_view blanks = " \t";
  Words words;
  for (auto begin = line.find_first_not_of(blanks); begin != std::string_view::npos;
       begin = line.find_first_not_of(blanks, begin)) {
    const auto end = std::min(line.find_first_of(blanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

bool has_control_character(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

Error wanted_form(const char* form) {
  return {ErrorCode::invalid, worded("wanted `{}`", "应为 `{}`", form)};
}

}  // namespace

// Reads one policy, line after line.
class PolicyReader {
 public:
  // The reason of a failure does not name the line.
  Status read(std::string_view line) {
    if (has_control_character(line)) {
      return Error{ErrorCode::invalid,
                   worded("there is a control character in {}", "{} 中有控制字符", quoted(line))};
    }
    const auto words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) return Ok{};
    if (words.front() == "log") return read_log(words);
    if (words.front() == "witness") return read_witness(words);
    if (words.front() == "group") return read_group(words);
    if (words.front() == "quorum") return read_quorum(words);
    return Error{ErrorCode::invalid,
                 worded("got {}, wanted log, witness, group or quorum",
                        "得到 {}，应为 log、witness、group 或 quorum", quoted(words.front()))};
  }

  Result<WitnessPolicy> finish() && {
    if (!quorum_read_) {
      return Error{ErrorCode::invalid, {"there is no quorum line", "没有 quorum 行"}};
    }
    return std::move(policy_);
  }

 private:
  Status read_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return wanted_form("log VKEY [URL]");
    auto key = TRY(new_key(words[1], KeyType::ed25519));
    policy_.logs_.push_back({std::move(key), url_of(words, 2)});
    return Ok{};
  }

  Status read_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return wanted_form("witness NAME VKEY [URL]");
    TRY(check_new_name(words[1]));
    auto key = TRY(new_key(words[2], KeyType::cosignature));
    WitnessPolicy::Voter voter;
    voter.name = words[1];
    voter.witness = policy_.witnesses_.size();
    policy_.voters_.push_back(std::move(voter));
    policy_.witnesses_.push_back({std::string(words[1]), std::move(key), url_of(words, 3)});
    return Ok{};
  }

  Status read_group(const Words& words) {
    if (words.size() < 4) return wanted_form("group NAME all|any|K MEMBER…");
    TRY(check_new_name(words[1]));
    WitnessPolicy::Voter group;
    group.name = words[1];
    for (const auto member : Words(words.begin() + 3, words.end())) {
      const auto place = TRY(find(member));
      if (policy_.voters_[place].counted) {
        return Error{ErrorCode::invalid,
                     worded("{} is a member already, wanted each name in one group only",
                            "{} 已属于一个组，每个名称只应属于一个组", quoted(member))};
      }
      policy_.voters_[place].counted = true;
      group.members.push_back(place);
    }
    group.threshold = TRY(threshold_of(words[2], group.members.size()));
    policy_.voters_.push_back(std::move(group));
    return Ok{};
  }

  Status read_quorum(const Words& words) {
    if (words.size() != 2) return wanted_form("quorum NAME");
    if (quorum_read_) {
      return Error{ErrorCode::invalid, {"there is a second quorum line", "有第二个 quorum 行"}};
    }
    quorum_read_ = true;
    if (words[1] != no_quorum) policy_.quorum_ = TRY(find(words[1]));
    return Ok{};
  }

  static std::optional<std::string> url_of(const Words& words, std::size_t place) {
    if (words.size() <= place) return std::nullopt;
    return std::string(words[place]);
  }

  static Result<std::size_t> threshold_of(std::string_view word, std::size_t members) {
    if (word == "any") return std::size_t{1};
    if (word == "all") return members;
    const auto number = parse_decimal(word);
    if (number && *number >= 1 && *number <= members) return static_cast<std::size_t>(*number);
    return Error{ErrorCode::invalid,
                 worded("the threshold is {}, wanted all, any or a number from 1 to {}",
                        "门槛为 {}，应为 all、any 或 1 到 {} 的数", quoted(word), members)};
  }

  Status check_new_name(std::string_view name) const {
    if (name == no_quorum) {
      return Error{ErrorCode::invalid,
                   {"`none` stands for no quorum, and names nothing else",
                    "`none` 表示不设法定数，不能另作名称"}};
    }
    if (find(name)) {
      return Error{ErrorCode::invalid,
                   worded("{} is defined already", "{} 已有定义", quoted(name))};
    }
    return Ok{};
  }

  Result<std::size_t> find(std::string_view name) const {
    const auto& voters = policy_.voters_;
    const auto found = std::find_if(voters.begin(), voters.end(),
                                    [&](const auto& voter) { return voter.name == name; });
    if (found != voters.end()) return static_cast<std::size_t>(found - voters.begin());
    return Error{ErrorCode::invalid, worded("no line above defines a witness or group named {}",
                                            "以上各行未定义名为 {} 的见证方或组", quoted(name))};
  }

  // No two lines may have one public key, whatever it is called: a log that could be its own
  // witness would vouch for itself.
  Result<VerifierKey> new_key(std::string_view text, KeyType type) {
    auto key = TRY(VerifierKey::parse(text));
    if (key.type() != type) {
      return Error{ErrorCode::invalid,
                   type == KeyType::ed25519
                       ? worded("verifier key {} is that of a witness (0x04), wanted a log's",
                                "验证公钥 {} 是见证方的（0x04），应为日志的", quoted(text))
                       : worded("verifier key {} is that of a log (0x01), wanted a witness's",
                                "验证公钥 {} 是日志的（0x01），应为见证方的", quoted(text))};
    }
    if (!keys_.insert(key.public_key()).second) {
      return Error{ErrorCode::invalid,
                   worded("the key of {} stands on another line already, wanted each key once",
                          "{} 的密钥已见于另一行，每个密钥只应出现一次", quoted(key.name()))};
    }
    return key;
  }

  WitnessPolicy policy_;
  std::set<ed25519::PublicKey> keys_;
  bool quorum_read_ = false;
};

Result<WitnessPolicy> WitnessPolicy::parse(std::string_view text) {
  if (text.size() > policy_bytes_max) {
    return Error{ErrorCode::invalid,
                 worded("not a witness policy: got {} bytes, wanted at most {}",
                        "不是见证策略：得到 {} 字节，应为 至多 {}", text.size(), policy_bytes_max)};
  }
  PolicyReader reader;
  std::size_t number = 0;
  while (const auto line = take_line(text)) {
    ++number;
    const auto read = reader.read(*line);
    if (read) continue;
    return Error{ErrorCode::invalid, worded("witness policy, line {}: {}", "见证策略，第 {} 行：{}",
                                            number, read.error().message)};
  }
  if (!text.empty()) {
    return Error{ErrorCode::invalid,
                 worded("witness policy, line {}: it has no line end; the file may have been cut",
                        "见证策略，第 {} 行：没有换行符；文件可能被截断", number + 1)};
  }
  auto policy = std::move(reader).finish();
  if (policy) return policy;
  return Error{ErrorCode::invalid,
               worded("witness policy: {}", "见证策略：{}", policy.error().message)};
}

bool WitnessPolicy::is_met_by(const std::vector<bool>& said) const {
  check(said.size() == witnesses_.size(), "a policy is asked about each of its witnesses");
  if (!quorum_) return true;
  std::vector<bool> met;
  for (const Voter& voter : voters_) {  // members stand before their group
    const auto count = std::count_if(voter.members.begin(), voter.members.end(),
                                     [&](std::size_t member) { return met[member]; });
    met.push_back(voter.members.empty() ? bool{said[voter.witness]}
                                        : static_cast<std::size_t>(count) >= voter.threshold);
  }
  return met[*quorum_];
}

Result<WitnessedCheckpoint> open_witnessed(std::string_view note,
                                           const std::vector<LogIdentity>& logs,
                                           const WitnessPolicy& policy) {
  std::vector<VerifierKey> keys;
  keys.reserve(logs.size() + policy.witnesses().size());
  for (const auto& log : logs) keys.push_back(log.key);
  for (const auto& witness : policy.witnesses()) keys.push_back(witness.key);
  const Note opened = TRY(open_note(note, keys));
  auto checkpoint = TRY(parse_checkpoint(opened.text));
  const auto signed_by = [&](const VerifierKey& key) {
    return std::find_if(opened.signatures.begin(), opened.signatures.end(),
                        [&](const Signature& signature) { return key.claimed_by(signature); });
  };
  const auto log = std::find_if(logs.begin(), logs.end(), [&](const LogIdentity& one) {
    return one.origin == checkpoint.origin && signed_by(one.key) != opened.signatures.end();
  });
  if (log == logs.end()) {
    return Error{ErrorCode::corrupt,
                 worded("no trusted key of the log {} signed this checkpoint",
                        "日志 {} 没有受信任的密钥签署此检查点", quoted(checkpoint.origin))};
  }
  WitnessedCheckpoint witnessed{std::move(checkpoint), *log, {}};
  std::vector<bool> said;
  std::string missing;
  for (const auto& witness : policy.witnesses()) {
    const auto signature = signed_by(witness.key);
    said.push_back(signature != opened.signatures.end());
    if (said.back()) {
      witnessed.cosignatures.push_back({witness.key, cosigned_at(*signature).value_or(0)});
    } else {
      missing.append(missing.empty() ? "" : ", ").append(quoted(witness.name));
    }
  }
  if (policy.is_met_by(said)) return witnessed;
  return Error{ErrorCode::corrupt,
               worded("too few witnesses cosigned this checkpoint of size {}: the policy's quorum "
                      "is not met without {}. `tally checkpoint` collects cosignatures",
                      "联署此检查点（规模 {}）的见证方不足：缺少 {}，未达到策略的法定数。"
                      "`tally checkpoint` 可收集联署",
                      witnessed.checkpoint.tree.size.value, missing)};
}

}  // namespace ledger::proof
