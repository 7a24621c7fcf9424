// Lines that must be refused, and with which words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ledger::test {

// The golden line of a type with `from` replaced by `to`.
struct Sample {
  std::string type, from, to;
  std::string field, got, wanted;
};

// What a refusal must say, in English.
struct Refused {
  std::string field, got, wanted;
};

std::string golden_line(const std::string& type);
// Also that words which are no part of the line are said in Chinese, too.
void check_refused(std::string_view line, const Refused& expected);
void check_all_refused(const std::vector<Sample>& samples);

std::string repeated(std::size_t count, std::string_view what = "x");
// A long text of one character as a refusal shows it.
std::string cut(std::size_t bytes, std::string_view character = "x");

}  // namespace ledger::test
