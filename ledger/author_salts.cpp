#include "ledger/author_salts.h"

#include "ledger/spelling.h"

namespace ledger {

bool AuthorSalts::parse(std::string_view text, const EventRule& event) {
  while (true) {
    const auto comma = text.find(',');
    if (!parse_one(text.substr(0, comma), event)) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

bool AuthorSalts::parse_one(std::string_view text, const EventRule& event) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const auto place = event.field_names.find(text.substr(0, equals));
  if (!place || event.fields[*place].storage != Storage::personal || find(*place)) return false;
  PersonalSalt salt;
  if (!read_hex(text.substr(equals + 1),
                {reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()})) {
    return false;
  }
  salts_.emplace_back(*place, salt);
  return true;
}

const PersonalSalt* AuthorSalts::find(std::size_t place) const {
  for (const auto& [at, salt] : salts_) {
    if (at == place) return &salt;
  }
  return nullptr;
}

void append_author_salt(std::string_view field, const PersonalSalt& salt, std::string& out) {
  if (!out.empty()) out += ',';
  out += field;
  out += '=';
  append_hex({reinterpret_cast<const std::uint8_t*>(salt.data()), salt.size()}, out);
}

Message author_salts_wanted(const EventRule& event) {
  Message all;
  for (const auto& field : event.fields) {
    if (field.storage != Storage::personal) continue;
    const auto one = worded("{}=32 lower-case hex digits", "{}=32 位小写十六进制数字", field.name);
    all = all.en.empty() ? one : worded("{},{}", "{},{}", all, one);
  }
  if (all.en.empty()) {
    return {"nothing: this type has no personal values", "空：此类型没有个人数据"};
  }
  return worded("{}, each where the value is there", "{}，有值者各一个", all);
}

}  // namespace ledger
