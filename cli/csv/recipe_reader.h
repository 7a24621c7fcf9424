// Reads the values of a map: what stands behind a field's name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/csv/column_map.h"
#include "projections/policy/fields.h"

namespace cli::csv {

// Adds the columns it meets to a map; tells `faults` what cannot stand.
class RecipeReader {
 public:
  RecipeReader(ColumnMap& map, projections::policy::Faults& faults) : map_(map), faults_(faults) {}

  // What makes the value of `key`, whose rule is `rule`; nothing when the key is not there or
  // at fault.
  std::optional<Recipe> read(projections::policy::Fields& fields, std::string_view key,
                             const ledger::FieldRule& rule);
  std::optional<Moment> read_moment(projections::policy::Fields& fields, std::string_view key,
                                    bool may_lack);
  std::optional<When> read_when(projections::policy::Fields& fields, std::string_view key);

 private:
  using Fields = projections::policy::Fields;
  using Value = projections::policy::Value;

  ColumnPlace column(Fields& fields, std::string_view key, bool required);
  ColumnPlace column(std::string name, std::uint32_t line, bool required);
  std::optional<Template> read_template(const std::string& text, const std::string& path,
                                        std::uint32_t line);
  std::optional<std::string> constant(const Value& value, const std::string& path,
                                      const ledger::FieldRule& rule);
  void read_cell(Fields& cell, const ledger::FieldRule& rule, CellRecipe& recipe);
  void read_terms(Fields& cell, const ledger::FieldRule& rule, CellRecipe& recipe);

  ColumnMap& map_;
  projections::policy::Faults& faults_;
};

}  // namespace cli::csv
