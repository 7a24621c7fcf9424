#include "cli/proof_findings.h"

#include "cli/hex.h"
#include "cli/json_line.h"
#include "cli/printable.h"

namespace cli {

void print_json(const ProofFindings& findings, Console& console) {
  const auto write_name = [](std::string_view name, std::string& out) {
    projections::append_quoted(name, out);
  };
  console.write(json_line([&](auto& object) {
    object.text("proof", findings.kind).text("origin", findings.newest.checkpoint.origin);
    if (findings.id) object.text("id", *findings.id);
    object.number(findings.number_name, static_cast<std::int64_t>(findings.number))
        .number("size", json_number(findings.newest.checkpoint.tree.size))
        .text("root", hex(findings.newest.checkpoint.tree.root));
    if (findings.id) {
      object.array("indexes", findings.indexes, [](ledger::Sequence index, std::string& out) {
        out += std::to_string(index.value);
      });
    }
    object.array("checked", findings.checked, write_name)
        .array("not_checked", findings.not_checked, write_name);
    if (findings.newest.cosignatures.empty()) return;
    object.array("witnesses", findings.newest.cosignatures,
                 [](const Cosignature& by, std::string& out) {
                   projections::append_quoted(by.witness, out);
                 });
  }));
}

void print_checkpoint(const TrustedCheckpoint& trusted, Console& console) {
  console.say("signature good: {}, size {}\n  root {}", "签名有效：{}，规模 {}\n  根哈希 {}",
              printable(trusted.checkpoint.origin), trusted.checkpoint.tree.size.value,
              hex(trusted.checkpoint.tree.root));
  for (const auto& by : trusted.cosignatures) {
    console.say("  cosigned by {} {}", "  联署方 {} {}", printable(by.witness), by.time);
  }
}

}  // namespace cli
