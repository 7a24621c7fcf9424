#include "cli/headings.h"

#include <algorithm>
#include <array>

#include "ledger/base/check.h"

namespace cli {
namespace {

struct Heading {
  std::string_view key;
  Text text;
};

// Sorted by key, for the search below. Amounts are in yuan.
constexpr std::array headings{
    Heading{"attainment_bp", {"attained ‱", "达成率‱"}},
    Heading{"award_lost", {"award lost", "取消评优"}},
    Heading{"basis", {"basis", "基数"}},
    Heading{"bill", {"bill", "票据"}},
    Heading{"cascade_fen", {"cascade", "连带"}},
    Heading{"clause", {"clause", "条款"}},
    Heading{"clawback_fen", {"claw back", "追回"}},
    Heading{"complete", {"complete", "齐备"}},
    Heading{"confirmed", {"confirmed", "确认日"}},
    Heading{"conflicts", {"conflicts", "冲突订单"}},
    Heading{"correction_fen", {"correction", "更正"}},
    Heading{"counted", {"counted", "计入"}},
    Heading{"credit_fen", {"credit", "余额"}},
    Heading{"customer", {"customer", "客户"}},
    Heading{"dealer", {"dealer", "经销商"}},
    Heading{"decided", {"decided", "实际结论"}},
    Heading{"deduction_fen", {"deduction", "扣减"}},
    Heading{"difference_fen", {"difference", "差额"}},
    Heading{"direct_fen", {"direct", "直接"}},
    Heading{"documents", {"documents", "资料寄出"}},
    Heading{"documents_due", {"documents due", "资料期限"}},
    Heading{"done", {"done", "完成"}},
    Heading{"due", {"due", "期限"}},
    Heading{"due_fen", {"fine due", "应罚"}},
    Heading{"eligible", {"eligible", "符合条件"}},
    Heading{"entitled_fen", {"entitled", "应得"}},
    Heading{"expected", {"expected", "应有结论"}},
    Heading{"expected_fen", {"expected", "应得返利"}},
    Heading{"filing", {"filing", "备案"}},
    Heading{"findings", {"findings", "认定"}},
    Heading{"fines_fen", {"fines", "罚款"}},
    Heading{"fines_paid_fen", {"fines paid", "已缴罚款"}},
    Heading{"genuine", {"genuine", "真实"}},
    Heading{"granted_fen", {"granted", "已批"}},
    Heading{"hq_direct", {"HQ direct", "总部直销"}},
    Heading{"ineligible_fen", {"ineligible", "不符条件"}},
    Heading{"issued_fen", {"issued", "已开追回"}},
    Heading{"line", {"line", "行"}},
    Heading{"missed_progress", {"missed reports", "漏报进度"}},
    Heading{"month", {"month", "月份"}},
    Heading{"obligation", {"obligation", "义务"}},
    Heading{"out_of_range", {"out of range", "超出范围"}},
    Heading{"over_fen", {"over", "多得"}},
    Heading{"overdrawn_fen", {"overdrawn", "透支"}},
    Heading{"own", {"own", "本项目"}},
    Heading{"paid_fen", {"paid", "已付"}},
    Heading{"payable_fen", {"payable", "应付"}},
    Heading{"pending_fen", {"pending", "待齐备"}},
    Heading{"price_ok", {"price ok", "价格合规"}},
    Heading{"prior", {"prior", "此前"}},
    Heading{"protected_until", {"protected until", "保护至"}},
    Heading{"rate_fen", {"rate", "单价"}},
    Heading{"reasons", {"reasons", "原因"}},
    Heading{"receivable_fen", {"receivable", "应收"}},
    Heading{"recovered_fen", {"recovered", "已收回"}},
    Heading{"setoff_fen", {"set off", "已冲抵"}},
    Heading{"special_excluded", {"special", "特批不计"}},
    Heading{"state", {"state", "状态"}},
    Heading{"subject", {"subject", "主体"}},
    Heading{"target", {"target", "目标"}},
    Heading{"to_claw_back_fen", {"to claw back", "待追回"}},
    Heading{"unmet", {"unmet", "未满足"}},
    Heading{"vehicles", {"vehicles", "台数"}},
    Heading{"vin", {"VIN", "车架号"}},
    Heading{"waived_fen", {"waived", "已豁免"}},
    Heading{"year", {"year", "年度"}},
};

static_assert(std::is_sorted(headings.begin(), headings.end(),
                             [](const auto& a, const auto& b) { return a.key < b.key; }));

}  // namespace

std::string heading(std::string_view key, Language language) {
  const auto* const found = std::lower_bound(
      headings.begin(), headings.end(), key,
      [](const Heading& entry, std::string_view wanted) { return entry.key < wanted; });
  ledger::check(found != headings.end() && found->key == key, "every column has a heading");
  return std::string(found->text.in(language));
}

}  // namespace cli
