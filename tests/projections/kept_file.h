// What is done to a file of the cache to see that it is told from a sound one.
#pragma once

#include <catch2/catch.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "projections/checked_file.h"

namespace test {

inline std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void put(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Calls `is_refused` with the bytes of a sound file but for one bit: of every seventh byte of the
// first `dense`, and of every `step`th of the rest.
template <class IsRefused>
void flip_bits(const std::string& sound, std::size_t dense, std::size_t step,
               IsRefused is_refused) {
  for (std::size_t at = 0; at < sound.size(); at += at < dense ? 7 : step) {
    CAPTURE(at);
    auto changed = sound;
    changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
    is_refused(changed);
  }
}

// The same with a sound file cut short, and with one byte more.
template <class IsRefused>
void change_length(const std::string& sound, IsRefused is_refused) {
  for (const auto length : {std::size_t{0}, std::size_t{5}, sound.size() / 2, sound.size() - 1}) {
    is_refused(sound.substr(0, length));
  }
  is_refused(sound + "!");
}

// Writes the file with one byte of its head changed and all checksums right, for each place, and
// calls `check`.
template <class Check>
void change_head(const std::filesystem::path& path, std::string_view kind,
                 std::initializer_list<std::size_t> places, Check check) {
  const auto file = projections::CheckedFile::open(path, kind);
  REQUIRE(file);
  REQUIRE(file->load(0, file->size()));
  const std::vector<ledger::Bytes> data{{file->data(), file->size()}};
  for (const auto at : places) {
    CAPTURE(at);
    auto head = file->head();
    head[at] = static_cast<char>(head[at] ^ 1);
    projections::CheckedFile::write(path, kind, head, data);
    check();
  }
}

}  // namespace test
