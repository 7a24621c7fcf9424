#include "cli/personal_check.h"

#include <iterator>
#include <memory>

#include "cli/vault_access.h"

namespace cli {

ledger::Result<std::optional<ledger::SealedAudit>> check_personal(
    const Arguments& arguments, Console& console, ledger::Verification& verification) {
  const auto none = std::optional<ledger::SealedAudit>();
  const auto reader = ledger::Reader::open(arguments.data);
  // A ledger that does not open has its finding already.
  if (!reader || !reader->is_sealed()) return none;
  const auto key = TRY(vault_key());
  if (!key) {
    console.note(
        "Sealed values were compared as they are stored. Whether they still open was not looked "
        "at: that needs the vault's key (TALLY_VAULT_KEY_FILE).",
        "密封的内容仅按存储字节核对；能否打开未作检查，那需要保险库的密钥（TALLY_VAULT_KEY_"
        "FILE）。");
    return none;
  }
  const auto vault = TRY(reader->vault(key));
  auto audit = ledger::audit_sealed(*reader, *vault);
  if (!audit) {
    console.note("Sealed values could not be read through, so they were not opened.",
                 "密封的内容无法读完，故未打开。");
    return none;
  }
  verification.differences += audit->findings.size();
  verification.findings.insert(verification.findings.end(), audit->findings.begin(),
                               audit->findings.end());
  return std::optional(*std::move(audit));
}

}  // namespace cli
