#include "cli/policy_file.h"

#include "cli/input_file.h"

namespace cli {

Option policy_option() {
  return {.name = "--policy",
          .value = "FILE",
          .kind = ValueKind::text,
          .help = {"A witness policy (C2SP tlog-policy): which logs to trust, and how many "
                   "witnesses must have cosigned",
                   "见证策略文件（C2SP tlog-policy）：信任哪些日志、须有多少见证方联署"}};
}

ledger::Result<std::optional<ledger::proof::WitnessPolicy>> policy_of(const Arguments& arguments,
                                                                      std::string_view option,
                                                                      Console& console) {
  const auto path = arguments.text(option);
  if (!path) return std::optional<ledger::proof::WitnessPolicy>();
  const auto text = TRY(read_input(option, *path, console));
  return std::optional(
      TRY(naming(fmt::format("{} {}", option, *path), ledger::proof::WitnessPolicy::parse(text))));
}

}  // namespace cli
