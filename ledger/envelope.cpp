#include "ledger/envelope.h"

#include <cstring>

#include "ledger/proof/base64.h"
#include "ledger/spelling.h"
#include "ledger/utf8.h"

namespace ledger {
namespace {

constexpr std::string_view attribute_names[] = {
    "specversion",  "id",          "source",     "type",          "subject",     "time",
    "recordedtime", "actor",       "role",       "correlationid", "causationid", "authorkey",
    "authorsig",    "authorsalts", "dataschema", "data",          "ledgerindex", "appendedtime"};

enum class Attribute : std::uint8_t {
  specversion,
  id,
  source,
  type,
  subject,
  time,
  recordedtime,
  actor,
  role,
  correlationid,
  causationid,
  authorkey,
  authorsig,
  authorsalts,
  dataschema,
  data,
  ledgerindex,
  appendedtime
};

constexpr Wording wanted_version{"\"1.0\"", "\"1.0\""};
constexpr Wording wanted_id{"a string of 1 to 64 bytes without control characters",
                            "1 到 64 字节的字符串，不含控制字符"};
constexpr Wording wanted_source{"a string of 1 to 128 bytes without # and control characters",
                                "1 到 128 字节的字符串，不含 # 和控制字符"};
constexpr Wording wanted_type{"an event type of the catalogue", "目录中的事件类型"};
constexpr Wording wanted_subject{"a string without control characters", "不含控制字符的字符串"};
constexpr Wording wanted_time{
    "a date and time with offset (RFC 3339), years 1990 to 2200, such as 2017-03-01T09:00:00+08:00",
    "带时区偏移的日期时间（RFC 3339），1990 至 2200 年，例如 2017-03-01T09:00:00+08:00"};
constexpr Wording wanted_actor{"a string of at most 128 bytes without control characters",
                               "最多 128 字节的字符串，不含控制字符"};
constexpr Wording wanted_reference{"source#id of another event", "另一事件的 source#id"};
constexpr Wording wanted_salts{
    "a string of field=salt, separated by commas, for the personal values of data",
    "以逗号分隔的 字段=盐 字符串，对应 data 中的个人数据"};
constexpr Wording wanted_signature{"64 bytes in base64, standard and padded",
                                   "64 字节的标准 base64，带填充"};
constexpr Wording wanted_schema{"\"v1\"", "\"v1\""};

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && !has_control(text);
}

bool is_source(std::string_view text) {
  return !text.empty() && text.size() <= 128 && text.find('#') == std::string_view::npos &&
         !has_control(text);
}

bool is_reference(std::string_view text) {
  const auto hash = text.find('#');
  return hash != std::string_view::npos && is_source(text.substr(0, hash)) &&
         is_id(text.substr(hash + 1));
}

bool is_actor(std::string_view text) {
  return text.size() <= 128 && !has_control(text);
}

bool read_signature(std::string_view text, std::array<std::uint8_t, 64>& into) {
  const auto bytes = proof::decode_base64(text);
  if (!bytes || bytes->size() != into.size()) return false;
  std::memcpy(into.data(), bytes->data(), into.size());
  return true;
}

const NameTable& attributes() {
  static const NameTable table(attribute_names);
  return table;
}

// Reads one event's attributes in the order of the catalogue; each step returns false
// once something was refused.
class EnvelopeReader {
 public:
  EnvelopeReader(const JsonReader& json, Envelope& into) : json_(json), into_(into) {}

  std::optional<Refusal> read() {
    if (json_.root().kind != JsonKind::object) {
      return Refusal{"", json_.shown(json_.root()), wanted_object};
    }
    static_cast<void>(collect() && read_version() && read_identity() && read_times() &&
                      read_origin() && read_author() && read_rest());
    return std::move(refusal_);
  }

 private:
  bool collect() {
    for (const auto& value : JsonChildren(json_.root())) {
      const auto place = attributes().find(json_.key(value));
      if (!place) {
        refusal_ = Refusal{printable(json_.key(value)),
                           {"an unknown attribute", "未知的属性"},
                           one_of(attribute_names)};
        return false;
      }
      values_[*place] = &value;
    }
    return true;
  }

  const JsonValue* find(Attribute attribute) const {
    return values_[static_cast<std::size_t>(attribute)];
  }

  bool refuse(Attribute attribute, Message wanted) {
    const auto* value = find(attribute);
    refusal_ = Refusal{std::string(attribute_names[static_cast<std::size_t>(attribute)]),
                       value ? json_.shown(*value) : Message(nothing_there), std::move(wanted)};
    return false;
  }

  // The text of an attribute that satisfies `fits`.
  template <class Fits>
  bool read_text(Attribute attribute, const Wording& wanted, Fits fits, std::string_view& text) {
    const auto* value = find(attribute);
    if (!value || value->kind != JsonKind::string || !fits(json_.text(*value))) {
      return refuse(attribute, wanted);
    }
    text = json_.text(*value);
    return true;
  }

  template <class Fits>
  bool read_text_if_any(Attribute attribute, const Wording& wanted, Fits fits,
                        std::optional<std::string_view>& text) {
    return !find(attribute) || read_text(attribute, wanted, fits, text.emplace());
  }

  bool read_time(Attribute attribute, Timestamp& time) {
    std::string_view text;
    const auto fits = [&](std::string_view spelled) {
      const auto parsed = parse_timestamp(spelled);
      if (parsed) time = *parsed;
      return parsed.has_value();
    };
    return read_text(attribute, wanted_time, fits, text);
  }

  bool read_version() {
    std::string_view text;
    return read_text(
        Attribute::specversion, wanted_version, [](auto spelled) { return spelled == "1.0"; },
        text);
  }

  bool read_identity() {
    const auto is_type = [&](std::string_view name) {
      into_.event = catalogue().find(name);
      return into_.event != nullptr;
    };
    const auto is_subject = [](std::string_view spelled) { return !has_control(spelled); };
    std::string_view type;
    return read_text(Attribute::id, wanted_id, is_id, into_.id) &&
           read_text(Attribute::source, wanted_source, is_source, into_.source) &&
           read_text(Attribute::type, wanted_type, is_type, type) &&
           read_text(Attribute::subject, wanted_subject, is_subject, into_.subject);
  }

  bool read_times() {
    if (!read_time(Attribute::time, into_.time)) return false;
    return !find(Attribute::recordedtime) ||
           read_time(Attribute::recordedtime, into_.recorded.emplace());
  }

  // Who did it, as what, and what led to it.
  bool read_origin() {
    const auto& roles = catalogue().roles();
    const auto is_role = [&](std::string_view name) {
      const auto place = roles.find(name);
      if (place) into_.role = static_cast<std::uint8_t>(*place);
      return place.has_value();
    };
    return read_text_if_any(Attribute::actor, wanted_actor, is_actor, into_.actor) &&
           (!find(Attribute::role) || read_role(is_role)) &&
           read_text_if_any(Attribute::correlationid, wanted_reference, is_reference,
                            into_.correlation) &&
           read_text_if_any(Attribute::causationid, wanted_reference, is_reference,
                            into_.causation);
  }

  template <class Fits>
  bool read_role(Fits is_role) {
    const auto* value = find(Attribute::role);
    if (value->kind == JsonKind::string && is_role(json_.text(*value))) return true;
    return refuse(Attribute::role, one_of(catalogue().roles().names()));
  }

  bool read_author() {
    const bool key = find(Attribute::authorkey) != nullptr;
    const bool signature = find(Attribute::authorsig) != nullptr;
    if (!key && !signature) {
      return !find(Attribute::authorsalts) ||
             refuse(Attribute::authorsalts,
                    {"nothing, since there is no authorsig", "空，因为没有 authorsig"});
    }
    if (!key) {
      return refuse(Attribute::authorkey,
                    {"a key, since authorsig is given", "密钥，因为已给出 authorsig"});
    }
    if (!signature) {
      return refuse(Attribute::authorsig,
                    {"a signature, since authorkey is given", "签名，因为已给出 authorkey"});
    }
    auto& author = into_.author.emplace();
    std::string_view text;
    return read_text(
               Attribute::authorkey, wanted_key_id,
               [&](auto spelled) { return read_hex(spelled, author.key); }, text) &&
           read_text(
               Attribute::authorsig, wanted_signature,
               [&](auto spelled) { return read_signature(spelled, author.signature); }, text) &&
           read_text_if_any(
               Attribute::authorsalts, wanted_salts, [](auto) { return true; }, into_.author_salts);
  }

  bool read_rest() {
    std::optional<std::string_view> schema;
    if (!read_text_if_any(
            Attribute::dataschema, wanted_schema, [](auto spelled) { return spelled == "v1"; },
            schema)) {
      return false;
    }
    into_.data = find(Attribute::data);
    if (!into_.data || into_.data->kind != JsonKind::object) {
      return refuse(Attribute::data, {"an object", "对象"});
    }
    return read_exported();
  }

  // What an export adds: checked, so that no typing error hides there, and left out.
  bool read_exported() {
    const auto* index = find(Attribute::ledgerindex);
    if (index && (index->kind != JsonKind::integer || index->integer < 0)) {
      return refuse(Attribute::ledgerindex, {"an integer of 0 or more", "不小于 0 的整数"});
    }
    Timestamp appended;
    return !find(Attribute::appendedtime) || read_time(Attribute::appendedtime, appended);
  }

  const JsonReader& json_;
  Envelope& into_;
  std::array<const JsonValue*, std::size(attribute_names)> values_{};
  std::optional<Refusal> refusal_;
};

}  // namespace

std::optional<Refusal> read_envelope(const JsonReader& json, Envelope& into) {
  into = {};
  return EnvelopeReader(json, into).read();
}

}  // namespace ledger
