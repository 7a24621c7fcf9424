#include "cli/event_files.h"

#include "cli/csv_file.h"
#include "cli/event_line.h"
#include "cli/input_file.h"
#include "cli/jsonl_file.h"
#include "cli/line_reader.h"

namespace cli {
namespace {

std::optional<std::string> misused(const Arguments& arguments, bool csv, Console& console) {
  if (csv && !arguments.has("--map")) {
    return console.text(
        "--format csv: got no --map, wanted --map FILE.toml, which says what the columns mean; "
        "docs/IMPORT.md shows how to write one.",
        "--format csv：缺少 --map；应为 --map FILE.toml，即各列含义的映射，写法见 "
        "docs/IMPORT.md。");
  }
  for (const auto* const option : {"--map", "--encoding"}) {
    if (csv || !arguments.has(option)) continue;
    return console.text("{}: goes with --format csv; JSON Lines are UTF-8 and need no map.",
                        "{}：须与 --format csv 同用；JSON Lines 为 UTF-8，不需要映射。", option);
  }
  return std::nullopt;
}

}  // namespace

ledger::Result<std::variant<EventFiles, Exit>> EventFiles::from(const Arguments& arguments,
                                                                Console& console) {
  const auto usage = [&](const std::string& why) -> std::variant<EventFiles, Exit> {
    console.error(why);
    return Exit::usage;
  };
  const auto format = arguments.text("--format").value_or("jsonl");
  if (format != "jsonl" && format != "csv") {
    return usage(console.text("--format: got {:?}, wanted jsonl or csv.",
                              "--format：得到 {:?}，应为 jsonl 或 csv。", format));
  }
  if (const auto why = misused(arguments, format == "csv", console)) return usage(*why);
  EventFiles files;
  files.threads_ = arguments.number("--threads").value_or(threads_default);
  if (const auto name = arguments.text("--encoding")) {
    const auto encoding = csv::encoding_named(*name);
    if (!encoding) {
      return usage(console.text("--encoding: got {:?}, wanted utf-8 or gb18030.",
                                "--encoding：得到 {:?}，应为 utf-8 或 gb18030。", *name));
    }
    files.encoding_ = *encoding;
  }
  if (const auto map = arguments.text("--map")) {
    const auto toml = TRY(read_input("--map", *map, console));
    files.map_ = TRY(csv::parse_map(toml, shown_name(*map)));
  }
  return std::variant<EventFiles, Exit>(std::move(files));
}

ledger::Status EventFiles::read(const std::vector<std::string>& files, const TakeEvents& take,
                                Progress& progress, Console& console,
                                const std::function<ledger::Status()>& before_wait) const {
  std::uint64_t bytes_before = 0;
  std::uint64_t taken = 0;
  for (const auto& file : files) {
    auto reader = TRY(LineReader::open(file));
    reader.before_wait(before_wait);
    const auto name = shown_name(file);
    const auto told = [&] { progress.show(bytes_before + reader.bytes_read(), ++taken); };
    const bool more = map_ ? TRY(read_csv(reader, {*map_, encoding_, name}, take, told, console))
                           : TRY(read_jsonl(reader, {name, threads_}, take, told));
    if (!more) return ledger::Ok{};
    bytes_before += reader.bytes_read();
  }
  return ledger::Ok{};
}

std::vector<Option> file_format_options() {
  return {{"--format",
           "FORMAT",
           ValueKind::text,
           {"How the files are written: jsonl, the outside form, or csv (jsonl)",
            "文件格式：jsonl（外部格式）或 csv（默认 jsonl）"}},
          {"--map",
           "MAP.toml",
           ValueKind::text,
           {"What the columns of csv mean; docs/IMPORT.md", "csv 各列的含义，见 docs/IMPORT.md"}},
          {"--encoding",
           "ENCODING",
           ValueKind::text,
           {"Of csv: utf-8 or gb18030 (utf-8)", "csv 的编码：utf-8 或 gb18030（默认 utf-8）"}}};
}

}  // namespace cli
