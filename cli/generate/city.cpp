#include "cli/generate/city.h"

#include <array>

namespace cli::generate {
namespace {

constexpr std::array cities{
    City{"上海", "华东", "沪A", 310115},     City{"北京", "华北", "京A", 110105},
    City{"深圳", "华南", "粤B", 440305},     City{"杭州", "华东", "浙A", 330106},
    City{"广州", "华南", "粤A", 440106},     City{"天津", "华北", "津A", 120104},
    City{"合肥", "华东", "皖A", 340104},     City{"武汉", "华中", "鄂A", 420106},
    City{"南京", "华东", "苏A", 320106},     City{"成都", "西南", "川A", 510107},
    City{"重庆", "西南", "渝A", 500112},     City{"郑州", "华中", "豫A", 410105},
    City{"青岛", "华东", "鲁B", 370202},     City{"西安", "西北", "陕A", 610113},
    City{"长沙", "华中", "湘A", 430104},     City{"厦门", "华南", "闽D", 350203},
    City{"济南", "华东", "鲁A", 370102},     City{"沈阳", "东北", "辽A", 210102},
    City{"大连", "东北", "辽B", 210203},     City{"宁波", "华东", "浙B", 330212},
    City{"苏州", "华东", "苏E", 320508},     City{"福州", "华南", "闽A", 350102},
    City{"石家庄", "华北", "冀A", 130104},   City{"太原", "华北", "晋A", 140105},
    City{"昆明", "西南", "云A", 530102},     City{"贵阳", "西南", "贵A", 520103},
    City{"南昌", "华中", "赣A", 360103},     City{"哈尔滨", "东北", "黑A", 230102},
    City{"长春", "东北", "吉A", 220102},     City{"南宁", "华南", "桂A", 450103},
    City{"海口", "华南", "琼A", 460106},     City{"兰州", "西北", "甘A", 620102},
    City{"银川", "西北", "宁A", 640104},     City{"西宁", "西北", "青A", 630103},
    City{"乌鲁木齐", "西北", "新A", 650103}, City{"呼和浩特", "华北", "蒙A", 150102},
    City{"无锡", "华东", "苏B", 320213},     City{"佛山", "华南", "粤E", 440604},
    City{"东莞", "华南", "粤S", 441900},     City{"温州", "华东", "浙C", 330302}};

constexpr std::array<std::string_view, 32> stems{
    "宏", "远", "盛", "达", "瑞", "丰", "华", "通", "安", "泰", "恒", "信", "嘉", "和", "金", "源",
    "星", "海", "东", "方", "永", "兴", "中", "联", "新", "利", "鑫", "佳", "顺", "捷", "卓", "越"};
constexpr std::array<std::string_view, 24> surnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵",
                                                    "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
                                                    "何", "高", "林", "罗", "郑", "梁", "谢", "宋"};
constexpr std::array<std::string_view, 32> given{
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "霞", "平", "刚", "桂", "英", "建", "国", "文", "华", "志", "慧", "晓", "燕", "斌", "宇"};
constexpr std::array<std::string_view, 10> streets{"人民路",   "解放路", "建设大道", "中山路",
                                                   "科技园路", "长江路", "创业街",   "新华路",
                                                   "工业大道", "滨河路"};

}  // namespace

const City& city(std::int64_t number) {
  return cities[static_cast<std::size_t>(number) % cities.size()];
}

std::string company_stem(Dice& dice) {
  std::string stem{dice.pick(stems)};
  return stem.append(dice.pick(stems));
}

std::string person_name(Dice& dice) {
  std::string name{dice.pick(surnames)};
  name.append(dice.pick(given));
  if (dice.chance(650)) name.append(dice.pick(given));
  return name;
}

std::string phone_number(Dice& dice) {
  std::string number{"13"};
  for (int i = 0; i < 9; ++i) {
    number.push_back(static_cast<char>('0' + dice.below(10)));
  }
  return number;
}

std::string street_address(Dice& dice, const City& city) {
  std::string address{city.name};
  address.append("市").append(dice.pick(streets));
  return address.append(std::to_string(dice.between(1, 999))).append("号");
}

}  // namespace cli::generate
