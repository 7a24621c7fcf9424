// Whose a personal value is: finds and makes the persons of the events on their way.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/error.h"
#include "ledger/catalogue.h"
#include "ledger/event.h"
#include "ledger/log.h"
#include "ledger/vault.h"

namespace ledger {

// One person with their keys, as the ledger knows them: `customer/<customer>`,
// `manager/<dealer>/<16 hex digits>`, `owner/<vin>/<index of the event>`.
struct KnownPerson {
  std::string id;
  PersonKeys keys;
};

// What the vault holds and what commit groups on their way will add to it. One thread.
class PersonBook {
 public:
  explicit PersonBook(Vault& vault) : vault_(vault) {}

  void begin_group() { rows_ = std::make_shared<VaultRows>(); }

  // Ends the group; its rows stay known until `forget_first`.
  std::shared_ptr<const VaultRows> end_group();

  void forget_first() { on_their_way_.pop_front(); }

  std::size_t mark() const { return rows_->mark(); }

  void shrink_to(std::size_t mark) { rows_->shrink_to(mark); }

  // Whom the value of `field` names, made if new. Fails with `invalid` for a customer who was
  // erased: nothing is kept of them again.
  Result<KnownPerson> person_of(const Entry& event, Sequence index, const FieldRule& field,
                                std::string_view value, const Pending& before);
  // Keeps the digest of a value, by which it is known again.
  void keep(const KnownPerson& person, ValuePlace place, const Hash& digest);

  Result<Person> find(std::string_view person) const;
  Result<std::optional<Hash>> digest(std::string_view person, ValuePlace place) const;

 private:
  Result<std::optional<std::string>> row(std::string_view key) const;
  Result<KnownPerson> customer(std::string id, const Pending& before);
  Result<KnownPerson> manager(std::string_view dealer, std::string_view name,
                              const Pending& before);
  KnownPerson owner(std::string id);
  KnownPerson make(std::string id, std::optional<std::string_view> dealer, std::string_view name);

  Vault& vault_;
  std::shared_ptr<VaultRows> rows_;
  std::deque<std::shared_ptr<const VaultRows>> on_their_way_;
  std::optional<KnownPerson> last_owner_;  // a registration names one twice, by name and plate
};

}  // namespace ledger
