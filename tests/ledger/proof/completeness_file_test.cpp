// The file of a proof of completeness: one spelling, and two signatures that must agree.
#include "ledger/proof/completeness_file.h"

#include <catch2/catch.hpp>

#include "ledger/proof/note.h"

namespace ledger::proof {
namespace {

SigningKey key_of(const std::string& name) {
  ed25519::Seed seed{};
  seed.fill(std::byte{7});
  return *SigningKey::of(name, seed);
}

const SigningKey& key() {
  static const auto made = key_of("tally.test/complete");
  return made;
}

std::string note_of(const std::string& text, const SigningKey& by = key()) {
  return sign_note(text, {&by, 1});
}

TreeHead tree_of(std::uint64_t size) {
  Hash root{};
  root.fill(std::byte{9});
  return {TreeSize{size}, root};
}

MentionMap map() {
  MentionMap made;
  for (std::uint64_t index = 0; index < 30; ++index) {
    made.add("O" + std::to_string(index % 7), Sequence{index});
  }
  made.add("订单 1%\n", Sequence{12});
  return made;
}

CompletenessFile file_of(const std::string& id, std::vector<Sequence> indexes) {
  CompletenessFile file{id, std::move(indexes), {}, {}, {}};
  add_path(map().leaves(), mention_key(id), 0, file.proof);
  file.checkpoint = note_of(format(Checkpoint{key().verifier().name(), tree_of(30), {}}));
  file.statement =
      note_of(format(MentionStatement{key().verifier().name(), tree_of(30), map().root()}));
  return file;
}

CompletenessFile good() {
  return file_of("O3", {{3}, {10}, {17}, {24}});
}

ErrorCode code_of(const CompletenessFile& file) {
  const auto checked = check_completeness(file, key().verifier(), key().verifier().name());
  REQUIRE_FALSE(checked);
  return checked.error().code;
}

}  // namespace

TEST_CASE("a proof of completeness reads back as it was written, and holds") {
  for (const auto& file :
       {good(), file_of("订单 1%\n", {{12}}), file_of("O8", {}), file_of("nothing", {})}) {
    const auto text = format(file);
    CAPTURE(text);
    const auto read = parse_completeness_file(text);
    REQUIRE(read);
    CHECK(format(*read) == text);
    CHECK(read->id == file.id);
    CHECK(check_completeness(*read, key().verifier(), key().verifier().name()));
  }
}

TEST_CASE("a proof of completeness that is cut off anywhere, or has a line more, is refused") {
  const auto text = format(good());
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    REQUIRE_FALSE(parse_completeness_file(std::string_view(text).substr(0, size)));
  }
  CHECK_FALSE(parse_completeness_file(text + "\n"));
  CHECK_FALSE(parse_completeness_file("\n" + text));
}

TEST_CASE("a proof of completeness has one spelling") {
  const auto text = format(good());
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return parse_completeness_file(changed);
  };
  CHECK_FALSE(with("@v1", "@v2"));
  CHECK_FALSE(with("id O3", "id "));
  CHECK_FALSE(with("id O3", "id %4F3"));
  CHECK_FALSE(with("id O3", "id O3%0a"));
  CHECK_FALSE(with("id O3", "id O 3"));
  CHECK_FALSE(with("count 4", "count 04"));
  CHECK_FALSE(with("count 4", "count 3"));
  CHECK_FALSE(with("count 4", "count 5"));
  CHECK_FALSE(with("\n10\n", "\n010\n"));
  CHECK_FALSE(with("\n10\n", "\n-1\n"));
  CHECK(with("id O3", "id O4"));
}

TEST_CASE("a list that is not the signed one is not proven") {
  auto file = good();
  file.indexes.pop_back();
  CHECK(code_of(file) == ErrorCode::corrupt);
  file = good();
  file.id = "O4";
  CHECK(code_of(file) == ErrorCode::corrupt);
  file = good();
  std::swap(file.indexes[0], file.indexes[1]);
  CHECK(code_of(file) == ErrorCode::invalid);
  file = good();
  file.indexes.clear();
  CHECK(code_of(file) == ErrorCode::corrupt);
}

TEST_CASE("the statement must be this log's, over the very tree that the checkpoint signs") {
  const auto name = key().verifier().name();
  auto file = good();
  file.statement = note_of(format(MentionStatement{name, tree_of(29), map().root()}));
  CHECK(code_of(file) == ErrorCode::corrupt);
  auto other_root = tree_of(30);
  other_root.root[0] ^= std::byte{1};
  file.statement = note_of(format(MentionStatement{name, other_root, map().root()}));
  CHECK(code_of(file) == ErrorCode::corrupt);
  file.statement = note_of(format(MentionStatement{"tally.test/other", tree_of(30), map().root()}));
  CHECK(code_of(file) == ErrorCode::corrupt);
  file.statement = note_of(format(MentionStatement{name, tree_of(30), map().root()}),
                           key_of("tally.test/other"));
  CHECK(code_of(file) == ErrorCode::corrupt);
  // An index beyond what was signed cannot be one of its entries.
  MentionMap beyond;
  beyond.add("O3", Sequence{31});
  file = good();
  file.indexes = {{31}};
  file.proof = {};
  file.statement = note_of(format(MentionStatement{name, tree_of(30), beyond.root()}));
  CHECK(code_of(file) == ErrorCode::invalid);
}

TEST_CASE("a statement of mentions and a checkpoint are never taken for each other") {
  const auto name = key().verifier().name();
  const auto statement = format(MentionStatement{name, tree_of(30), map().root()});
  const auto checkpoint = format(Checkpoint{name, tree_of(30), {"extension"}});
  CHECK_FALSE(parse_checkpoint(statement));
  CHECK_FALSE(parse_mention_statement(checkpoint));
  CHECK_FALSE(parse_mention_statement(format(Checkpoint{name + "/mentions", tree_of(30), {}})));
  const auto read = parse_mention_statement(statement);
  REQUIRE(read);
  CHECK(*read == MentionStatement{name, tree_of(30), map().root()});
  CHECK_FALSE(parse_mention_statement(statement + "more\n"));
}

}  // namespace ledger::proof
