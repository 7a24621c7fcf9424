#include "ledger/person_book.h"

#include <cstring>
#include <utility>

#include "ledger/base/check.h"
#include "ledger/base/message.h"
#include "ledger/random_bytes.h"
#include "ledger/sealed_scan.h"
#include "ledger/sealed_value.h"
#include "ledger/spelling.h"

namespace ledger {
namespace {

std::string random_name() {
  const auto bytes = random_bytes<8>();
  std::string name;
  append_hex(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), name);
  return name;
}

// `C01` of `customer/C01`.
std::string_view key_of(const schema::Event& event) {
  auto subject = event.subject()->string_view();
  subject.remove_prefix(subject.find('/') + 1);
  return subject;
}

bool is_erased(std::string_view person, const Pending& before) {
  return before.last_of(person_subject(person)).has_value();
}

}  // namespace

std::shared_ptr<const VaultRows> PersonBook::end_group() {
  on_their_way_.push_back(rows_);
  return std::exchange(rows_, nullptr);
}

Result<KnownPerson> PersonBook::person_of(const Entry& event, Sequence index,
                                          const FieldRule& field, std::string_view value,
                                          const Pending& before) {
  const auto key = key_of(*event.event);
  if (field.personal == "manager") return manager(key, value, before);
  if (field.personal == "owner") {
    return owner("owner/" + std::string(key) + "/" + std::to_string(index.value));
  }
  check(field.personal == "customer" || field.personal == "natural_customer",
        "a personal field belongs to a customer, a manager or an owner");
  return customer("customer/" + std::string(key), before);
}

// The log's word counts, so that a vault from before the erasure brings nobody back.
Result<KnownPerson> PersonBook::customer(std::string id, const Pending& before) {
  auto known = TRY(find(id));
  if (known.state == Person::State::erased || is_erased(id, before)) {
    return Error{
        ErrorCode::invalid,
        worded("data: got personal data of {}, who was erased, wanted none. If they came back, "
               "register them under another customer id; if this event was in the log before, send "
               "it with the source and id it had",
               "data：得到 {} 的个人数据，其已被删除，不应再有其个人数据。若其再次成为客户，"
               "请以另一客户编号登记；若此事件原在日志中，请以其原有的来源与编号发送",
               id)};
  }
  if (known.state == Person::State::live) return KnownPerson{std::move(id), known.keys};
  return make(std::move(id), std::nullopt, {});
}

// An index is dealt once, so what the vault may have under this id is of an event that never
// got into the log.
KnownPerson PersonBook::owner(std::string id) {
  if (!last_owner_ || last_owner_->id != id || !rows_->rows().contains(person_key(id))) {
    last_owner_ = make(std::move(id), std::nullopt, {});
  }
  return *last_owner_;
}

// The rules ask whether a manager who was assigned was removed, so that equal names must have
// one id; it is drawn, since a name could be tried against anything that is computed of it.
Result<KnownPerson> PersonBook::manager(std::string_view dealer, std::string_view name,
                                        const Pending& before) {
  const auto prefix = "manager/" + std::string(dealer) + "/";
  std::optional<KnownPerson> found;
  const auto look = [&](std::string_view row_key, std::string_view value) -> Status {
    const auto id = person_of_row(row_key);
    const auto known = TRY(vault_.read(id, value));
    if (known.state != Person::State::live || !known.name || is_erased(id, before)) return Ok{};
    if (name_digest(known.keys, dealer, name) == *known.name) {
      found = KnownPerson{std::string(id), known.keys};
    }
    return Ok{};
  };
  const auto look_in = [&](const VaultRows& rows) -> Status {
    const auto start = person_key(prefix);
    for (auto row = rows.rows().lower_bound(start);
         row != rows.rows().end() && row->first.starts_with(start); ++row) {
      TRY(look(row->first, row->second));
    }
    return Ok{};
  };
  TRY(vault_.each_row(person_key(prefix), look));
  for (const auto& rows : on_their_way_) TRY(look_in(*rows));
  TRY(look_in(*rows_));
  if (found) return *std::move(found);
  return make(prefix + random_name(), dealer, name);
}

KnownPerson PersonBook::make(std::string id, std::optional<std::string_view> dealer,
                             std::string_view name) {
  Person live{Person::State::live,
              {random_bytes<sizeof(CipherKey)>(), random_bytes<sizeof(CipherKey)>()}};
  if (dealer) live.name = name_digest(live.keys, *dealer, name);
  rows_->put(person_key(id), vault_.value(id, live));
  return {std::move(id), live.keys};
}

void PersonBook::keep(const KnownPerson& person, ValuePlace place, const Hash& digest) {
  rows_->put(digest_key(person.id, place), std::string(text_of(digest)));
}

Result<Person> PersonBook::find(std::string_view person) const {
  const auto value = TRY(row(person_key(person)));
  if (!value) return Person{};
  return vault_.read(person, *value);
}

Result<std::optional<Hash>> PersonBook::digest(std::string_view person, ValuePlace place) const {
  const auto value = TRY(row(digest_key(person, place)));
  if (!value || value->size() != sizeof(Hash)) return std::optional<Hash>();
  Hash digest;
  std::memcpy(digest.data(), value->data(), digest.size());
  return std::optional(digest);
}

Result<std::optional<std::string>> PersonBook::row(std::string_view key) const {
  const auto in = [key](const VaultRows& rows) -> std::optional<std::string> {
    const auto found = rows.rows().find(key);
    if (found == rows.rows().end()) return std::nullopt;
    return found->second;
  };
  if (rows_) {
    if (auto value = in(*rows_)) return value;
  }
  for (const auto& rows : on_their_way_) {
    if (auto value = in(*rows)) return value;
  }
  return vault_.row(key);
}

}  // namespace ledger
