#include "ledger/json_reader.h"

#include <fmt/format.h>

#include <array>
#include <boost/json/basic_parser_impl.hpp>

#include "ledger/utf8.h"

namespace ledger {
namespace {

namespace json = boost::json;

constexpr Wording wanted_integer{"an integer, without fraction or exponent",
                                 "整数，不带小数或指数"};
constexpr Wording wanted_range{"an integer of at most 64 bits", "不超过 64 位的整数"};

// Collects the values of a line as the parser meets them.
class Collector {
 public:
  // Limits of the parser that the limits of JsonReader make superfluous.
  static constexpr std::size_t max_object_size = JsonReader::line_bytes_max;
  static constexpr std::size_t max_array_size = JsonReader::line_bytes_max;
  static constexpr std::size_t max_key_size = JsonReader::line_bytes_max;
  static constexpr std::size_t max_string_size = JsonReader::line_bytes_max;

  void clear() {
    values_.clear();
    text_.clear();
    depth_ = 0;
    pending_ = {};
    string_open_ = false;
    cause_.reset();
  }

  const std::vector<JsonValue>& values() const { return values_; }

  std::string_view text(std::uint32_t at, std::uint32_t size) const {
    return std::string_view(text_).substr(at, size);
  }

  // Why this collector, rather than the grammar, stopped the parser.
  std::optional<Refusal>& cause() { return cause_; }

  // Where in the document the parser stands.
  std::string path() const {
    std::string path;
    for (std::size_t level = 0; level < depth_; ++level) {
      const auto& parent = values_[open_[level]];
      if (parent.kind == JsonKind::array) {
        const bool last = level + 1 == depth_;
        path += fmt::format("[{}]", last ? parent.integer : parent.integer - 1);
        continue;
      }
      const auto key = level + 1 == depth_ ? pending_key() : key_of(values_[open_[level + 1]]);
      if (!path.empty() && !key.empty()) path += '.';
      path += printable(key);
    }
    return path;
  }

  bool on_document_begin(json::error_code&) { return true; }

  bool on_document_end(json::error_code&) { return true; }

  bool on_object_begin(json::error_code& error) { return open(JsonKind::object, error); }

  bool on_array_begin(json::error_code& error) { return open(JsonKind::array, error); }

  bool on_object_end(std::size_t, json::error_code&) { return close(); }

  bool on_array_end(std::size_t, json::error_code&) { return close(); }

  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    begin_string();
    text_.append(part.data(), part.size());
    return true;
  }

  bool on_key(json::string_view part, std::size_t, json::error_code& error) {
    begin_string();
    text_.append(part.data(), part.size());
    pending_ = {string_at_, size32() - string_at_};
    string_open_ = false;
    return is_new_key(error);
  }

  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    begin_string();
    text_.append(part.data(), part.size());
    return true;
  }

  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    begin_string();
    text_.append(part.data(), part.size());
    auto& value = add(JsonKind::string, 0);
    value.text_at = string_at_;
    value.text_size = size32() - string_at_;
    string_open_ = false;
    return true;
  }

  bool on_number_part(json::string_view, json::error_code&) { return true; }

  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    add(JsonKind::integer, number);
    return true;
  }

  bool on_uint64(std::uint64_t number, json::string_view, json::error_code& error) {
    return stop(error, std::to_string(number), wanted_range);
  }

  bool on_double(double, json::string_view spelled, json::error_code& error) {
    const std::string_view text(spelled.data(), spelled.size());
    const bool integer = text.find_first_of(".eE") == std::string_view::npos;
    return stop(error, printable(text), integer ? wanted_range : wanted_integer);
  }

  bool on_bool(bool truth, json::error_code&) {
    add(JsonKind::boolean, truth ? 1 : 0);
    return true;
  }

  bool on_null(json::error_code&) {
    add(JsonKind::null, 0);
    return true;
  }

  bool on_comment_part(json::string_view, json::error_code&) { return true; }

  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  struct Key {
    std::uint32_t at = 0, size = 0;
  };

  std::uint32_t size32() const { return static_cast<std::uint32_t>(text_.size()); }

  std::string_view key_of(const JsonValue& value) const {
    return text(value.key_at, value.key_size);
  }

  std::string_view pending_key() const { return text(pending_.at, pending_.size); }

  void begin_string() {
    if (string_open_) return;
    string_open_ = true;
    string_at_ = size32();
  }

  JsonValue& add(JsonKind kind, std::int64_t integer) {
    if (depth_ > 0) ++values_[open_[depth_ - 1]].integer;
    auto& value = values_.emplace_back();
    value = {kind, 1, pending_.at, pending_.size, 0, 0, integer};
    pending_ = {};
    return value;
  }

  bool open(JsonKind kind, json::error_code& error) {
    if (depth_ == JsonReader::depth_max) {
      return stop(error, {"one level more", "又一层嵌套"},
                  worded("at most {} levels", "最多 {} 层", depth_));
    }
    add(kind, 0);
    open_[depth_++] = static_cast<std::uint32_t>(values_.size() - 1);
    return true;
  }

  bool close() {
    const auto place = open_[--depth_];
    values_[place].extent = static_cast<std::uint32_t>(values_.size()) - place;
    pending_ = {};
    return true;
  }

  bool is_new_key(json::error_code& error) {
    const auto place = open_[depth_ - 1];
    if (values_[place].integer == static_cast<std::int64_t>(JsonReader::members_max)) {
      return stop(error, {"one field more", "又一个字段"},
                  worded("at most {} fields in an object", "一个对象最多 {} 个字段",
                         JsonReader::members_max));
    }
    const auto key = pending_key();
    for (std::size_t at = place + std::size_t{1}; at < values_.size(); at += values_[at].extent) {
      if (key_of(values_[at]) != key) continue;
      return stop(error, {"the field twice", "该字段出现两次"},
                  {"each field once", "每个字段一次"});
    }
    return true;
  }

  bool stop(json::error_code& error, Message got, Message wanted) {
    cause_ = Refusal{path(), std::move(got), std::move(wanted)};
    error = json::error::syntax;  // any: `cause_` says what it is
    return false;
  }

  std::vector<JsonValue> values_;
  std::string text_;  // of all keys and strings, unescaped
  std::array<std::uint32_t, JsonReader::depth_max> open_{};
  std::size_t depth_ = 0;
  Key pending_;  // of the value that comes next
  std::uint32_t string_at_ = 0;
  bool string_open_ = false;
  std::optional<Refusal> cause_;
};

json::parse_options options() {
  json::parse_options options;
  options.max_depth = JsonReader::depth_max + 1;  // the Collector's own limit has a better message
  return options;
}

// Whether the parser stopped inside or right behind the escape of half a surrogate pair.
bool is_half_pair(const json::error_code& error, std::string_view line, std::size_t at) {
  if (error == json::error::illegal_leading_surrogate ||
      error == json::error::illegal_trailing_surrogate ||
      error == json::error::expected_utf16_escape) {
    return true;
  }
  constexpr std::size_t escape_bytes = 6;  // \uD83D
  if (at < escape_bytes) return false;
  const auto before = line.substr(at - escape_bytes, 3);
  return before == "\\uD" || before == "\\ud";
}

// What an error of the grammar means to the writer of the line.
Message explain(const json::error_code& error, std::string_view line, std::size_t at) {
  if (is_half_pair(error, line, at)) {
    return worded("half of a surrogate pair at byte {}", "字节偏移 {} 处的半个代理对", at);
  }
  if (error == json::error::incomplete || at >= line.size()) {
    return {"the end of the line, too early", "过早的行尾"};
  }
  const auto rest = quoted(line.substr(at));
  if (error == json::error::extra_data) {
    return worded("more at byte {}: {}", "字节偏移 {} 起的多余内容：{}", at, rest);
  }
  return worded("{0} at byte {1}, which is no JSON", "字节偏移 {1} 处的 {0}，并非 JSON", rest, at);
}

}  // namespace

class JsonReader::Parser {
 public:
  std::optional<Refusal> read(std::string_view line) {
    if (line.size() > line_bytes_max) {
      return Refusal{"", worded("a line of {} bytes", "一行 {} 字节", line.size()),
                     worded("at most {} bytes", "最多 {} 字节", line_bytes_max)};
    }
    parser_.reset();
    collector().clear();
    json::error_code error;
    const auto used = parser_.write_some(false, line.data(), line.size(), error);
    if (!error && used < line.size()) error = json::error::extra_data;
    if (!error) return std::nullopt;
    return refuse(error, line, used);
  }

  const Collector& collector() const { return parser_.handler(); }

 private:
  Collector& collector() { return parser_.handler(); }

  Refusal refuse(const json::error_code& error, std::string_view line, std::size_t at) {
    if (collector().cause()) return *std::move(collector().cause());
    const auto invalid = find_invalid_utf8(line);
    constexpr std::size_t character_bytes_max = 4;
    if (invalid && *invalid <= at + character_bytes_max) {
      const auto byte = static_cast<unsigned char>(line[*invalid]);
      return {collector().path(),
              worded("the byte 0x{:02x} at byte {}", "字节 0x{:02x}（偏移 {}）", byte, *invalid),
              std::string("UTF-8")};
    }
    if (error == json::error::exponent_overflow) {
      return {collector().path(), Message("an exponent", "指数"), wanted_integer};
    }
    return {collector().path(), explain(error, line, at), wanted_object};
  }

  json::basic_parser<Collector> parser_{options()};
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {
}

JsonReader::~JsonReader() = default;

std::optional<Refusal> JsonReader::read(std::string_view line) {
  return parser_->read(line);
}

const JsonValue& JsonReader::root() const {
  return std::as_const(*parser_).collector().values().front();
}

std::string_view JsonReader::key(const JsonValue& value) const {
  return std::as_const(*parser_).collector().text(value.key_at, value.key_size);
}

std::string_view JsonReader::text(const JsonValue& value) const {
  return std::as_const(*parser_).collector().text(value.text_at, value.text_size);
}

Message JsonReader::shown(const JsonValue& value) const {
  switch (value.kind) {
    case JsonKind::null:
      return std::string("null");
    case JsonKind::boolean:
      return std::string(value.integer != 0 ? "true" : "false");
    case JsonKind::integer:
      return std::to_string(value.integer);
    case JsonKind::string:
      return quoted(text(value));
    case JsonKind::array:
      return {"an array", "数组"};
    case JsonKind::object:
      return {"an object", "对象"};
  }
  return {};
}

}  // namespace ledger
