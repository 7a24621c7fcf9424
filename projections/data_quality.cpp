#include "projections/data_quality.h"

#include <set>

#include "ledger/stored_field.h"
#include "projections/json.h"
#include "projections/known_events.h"
#include "projections/policy/identifier.h"

namespace projections {
namespace {

using ledger::FieldRule;
using ledger::Kind;
using policy::Defect;

// What kind of identifier a field holds; empty for all other fields.
std::string_view kind_of(const FieldRule& field) {
  if (field.kind == Kind::vin) return "vin";
  if (field.kind == Kind::uscc) return "uscc";
  if (field.storage == ledger::Storage::personal && field.name == "plate") return "plate";
  return {};
}

std::optional<Defect> defect_of(std::string_view kind, std::string_view value) {
  if (kind == "vin") return policy::vin_defect(value);
  return kind == "uscc" ? policy::uscc_defect(value) : policy::plate_defect(value);
}

// The first character (UTF-8), and a star for each other.
std::string masked(std::string_view value) {
  std::string text;
  std::size_t characters = 0;
  for (const char c : value) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    characters += begins ? 1 : 0;
    if (characters <= 1) text += c;
  }
  return characters == 0 ? text : text.append(characters - 1, '*');
}

// Looks at the identifiers of one event after the other.
class Looking {
 public:
  void look_at(const ledger::Entry& entry) {
    const auto* rule = ledger::catalogue().find(entry.type());
    if (rule == nullptr) return;
    const auto& payload = ledger::payload_table(*entry.event);
    for (const auto& field : rule->fields) {
      const auto kind = kind_of(field);
      if (kind.empty()) continue;
      if (kind == "plate") {
        const auto* plate = ledger::pointer_in<schema::Personal>(payload, field);
        const bool open = plate != nullptr && plate->form() == schema::PersonalForm::plain &&
                          plate->text() != nullptr;
        if (open) note(entry, field.name, kind, plate->text()->string_view());
      } else if (field.array) {
        const auto* values = ledger::pointer_in<ledger::Texts>(payload, field);
        if (values == nullptr) continue;
        for (const auto* value : *values) note(entry, field.name, kind, value->string_view());
      } else if (const auto* value = ledger::pointer_in<flatbuffers::String>(payload, field)) {
        note(entry, field.name, kind, value->string_view());
      }
    }
  }

  std::vector<std::string> take_rows() { return std::move(rows_); }

 private:
  void note(const ledger::Entry& entry, std::string_view field, std::string_view kind,
            std::string_view value) {
    const auto defect = defect_of(kind, value);
    if (!defect) return;
    const auto subject = entry.event->subject()->string_view();
    const bool personal = kind == "plate";
    std::string key(kind);
    key.append("\n").append(value).append("\n").append(personal ? subject : "");
    if (!told_.insert(std::move(key)).second) return;
    std::string row;
    JsonObject object(row);
    object.number("index", static_cast<std::int64_t>(entry.index.value));
    object.text("subject", subject);
    object.text("field", field);
    object.text("kind", kind);
    object.text("value", personal ? masked(value) : std::string(value));
    object.text("why", policy::name_of(*defect));
    object.close();
    rows_.push_back(std::move(row));
  }

  std::set<std::string, std::less<>> told_;
  std::vector<std::string> rows_;
};

}  // namespace

ledger::Result<ModelRows> print_data_quality(const EventSource& source, const Cut& cut) {
  const auto known = TRY(KnownEvents::of(source, cut));
  Looking looking;
  TRY(source.scan(std::nullopt, [&](const ledger::Entry& entry) -> ledger::Status {
    if (known.hold(entry)) looking.look_at(entry);
    return ledger::Ok{};
  }));
  ModelRows result;
  result.rows = looking.take_rows();
  return result;
}

}  // namespace projections
