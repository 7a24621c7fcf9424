#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"

namespace cli::demo {

// Tells a story in commands: prints each as it can be typed, then runs it, in a folder of
// its own. The commands are those of the program itself.
class Story {
 public:
  Story(Console& console, std::filesystem::path folder);

  const std::filesystem::path& folder() const { return folder_; }

  // A heading and a paragraph of what comes next.
  void tell(const Text& heading, const Text& paragraph);
  // Runs `words` as `tally words…`; fails with `corrupt` when it does not end as expected.
  ledger::Status run(const std::vector<std::string>& words, Exit expected = Exit::done);
  // Shows a line that the story does by other means.
  void show(std::string_view command_line);
  // Puts a file of the story into the folder.
  ledger::Status write(std::string_view name, std::string_view bytes);

 private:
  Console& console_;
  std::filesystem::path folder_;
  int chapter_ = 0;
};

}  // namespace cli::demo
