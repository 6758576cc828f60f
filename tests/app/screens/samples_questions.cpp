#include <memory>

#include "tests/app/screens/samples.h"

namespace bordereau::test {

using namespace app;

namespace {

ChoiceList list_of(std::vector<ChoiceView> choices) {
    return std::make_shared<const std::vector<ChoiceView>>(std::move(choices));
}

}  // namespace

ChoiceList Samples::maturity() const {
    return list_of({{"0", in("0 Absent", "0 غير موجود", "0 尚无")},
                    {"1", in("1 Initial", "1 أولي", "1 初始")},
                    {"2", in("2 Formalised", "2 معتمد رسميا", "2 已正式规定")},
                    {"3", in("3 Applied", "3 مطبَّق", "3 已落实")},
                    {"4", in("4 Sustained", "4 مستدام", "4 持续保持")},
                    {"na", in("Not applicable", "لا ينطبق", "不适用")},
                    {"dk", in("Could not be established", "تعذر التحقق منه", "无法确定")}});
}

QuestionView Samples::chosen_question() const {
    QuestionView question{.key = "b_where", .number = "19"};
    question.label = in("Where does the agency say what it means by gender responsiveness?",
                        "أين يحدد الجهاز ما يعنيه بمراعاة المنظور الجنساني؟",
                        "该机构在何处说明促进性别平等的含义？");
    question.hint =
        in("Pick the highest-ranking place.", "اختر أعلى مرتبة.", "选择效力最高的一处。");
    question.control = Control::select_one;
    question.required = true;
    question.value = "policy";
    question.shown = in("In a written policy", "في سياسة مكتوبة", "书面政策");
    question.choices = list_of({{"law", in("In law", "في القانون", "法律")},
                                {"policy", question.shown},
                                {"proc", in("In a procedure", "في إجراء", "程序")},
                                {"oral", in("Only orally", "شفويا فقط", "仅口头")},
                                {"none", in("Nowhere", "لا يوجد", "无")}});
    return question;
}

QuestionView Samples::commented_question() const {
    QuestionView question{.key = "b_text", .number = "20"};
    question.label = in("Give the definition as the agency states it",
                        "اذكر التعريف كما يورده الجهاز", "写出该机构所述的定义");
    question.hint =
        in("Quote the agency's own document or summarise the oral explanation; name no individual.",
           "اقتبس من وثيقة الجهاز أو لخص الشرح الشفوي؛ دون تسمية أي شخص.",
           "引用机构自身文件或概括口头说明；不得提及个人姓名。");
    question.guidance = "Page and paragraph of the document help the reviewer.";
    question.appearance = "multiline";
    question.required = true;
    question.value =
        in("Measures that weigh the situation of women, men, girls and boys at the border, order "
           "12/2024.",
           "تدابير تراعي أوضاع النساء والرجال والفتيات والفتيان على الحدود، الأمر 12/2024.",
           "第12/2024号令：在边境考虑妇女、男子、女童和男童处境的措施。");
    question.shown = question.value;
    question.comments = {{{"c1"},
                          in("Mira Kovac", "ميرا كوفاتش", "米拉·科瓦奇"),
                          in("20 March 2026, 09:12", "20 مارس 2026، 09:12", "2026年3月20日 09:12"),
                          in("Please quote the order itself, with its date.",
                             "يرجى اقتباس نص الأمر مع تاريخه.", "请引用该命令原文并注明日期。"),
                          true,
                          true}};
    return question;
}

QuestionView Samples::rated_question() const {
    QuestionView question{.key = "b1", .number = "24"};
    question.label =
        in("How far is the meaning of gender responsiveness settled and known in the agency?",
           "إلى أي مدى استقر معنى مراعاة المنظور الجنساني وعُرف في الجهاز؟",
           "促进性别平等的含义在该机构中确立和知晓的程度如何？");
    question.hint = in(
        "0 no shared meaning; 2 written and approved; 4 written, taught, and reviewed in the last "
        "three years.",
        "0 لا معنى مشترك؛ 2 مكتوب ومعتمد؛ 4 مكتوب ويُدرَّس ورُوجع في السنوات الثلاث الأخيرة.",
        "0 无共同理解；2 已成文并批准；4 已成文、已培训，且近三年内复核过。");
    question.control = Control::select_one;
    question.required = true;
    question.value = "2";
    question.shown = in("2 Formalised", "2 معتمد رسميا", "2 已正式规定");
    question.choices = maturity();
    return question;
}

QuestionView Samples::missing_question() const {
    QuestionView question{.key = "b2", .number = "25"};
    question.label = in(
        "How far does a policy govern equality between women and men among the agency's own staff?",
        "إلى أي مدى تنظم سياسةٌ المساواة بين النساء والرجال بين موظفي الجهاز؟",
        "政策在多大程度上规范该机构员工的男女平等？");
    question.control = Control::select_one;
    question.required = true;
    question.problem = AnswerProblem::required;
    question.choices = maturity();
    return question;
}

QuestionView Samples::wrong_question() const {
    QuestionView question{.key = "a_int_w", .number = "15"};
    question.label =
        in("Women interviewed", "عدد النساء اللواتي أُجريت معهن مقابلات", "受访女性人数");
    question.control = Control::integer;
    question.required = true;
    question.appearance = "thousands-sep";
    question.value = question.shown = "74012";
    question.problem = AnswerProblem::constraint;
    question.message = in("Enter a number from 0 to 500.", "أدخل رقما من 0 إلى 500.",
                          "请输入 0 到 500 之间的数字。");
    return question;
}

std::vector<QuestionView> Samples::grouped_questions() const {
    QuestionView group{.kind = RowKind::group, .key = "g1"};
    group.label = in("Visit and methods", "الزيارة والأساليب", "访问与方法");
    QuestionView date{.key = "a_date_start", .number = "10"};
    date.label = in("First day of the audit visit", "أول يوم من زيارة التدقيق", "审计访问首日");
    date.control = Control::date;
    date.required = true;
    date.value = "2026-03-07";
    date.shown = in("7 March 2026", "7 مارس 2026", "2026年3月7日");
    QuestionView methods{.key = "a_methods", .number = "14"};
    methods.label = in("Which methods were used?", "ما الأساليب المستخدمة؟", "采用了哪些方法？");
    methods.hint = in("At least two, so that answers can be checked against each other.",
                      "أسلوبان على الأقل للمقارنة بين الإجابات.", "至少两种，以便相互核对。");
    methods.control = Control::select_multiple;
    methods.value = "docs int_staff";
    methods.shown =
        in("Documents, interviews with staff", "وثائق، مقابلات مع الموظفين", "文件、员工访谈");
    methods.choices =
        list_of({{"docs", in("Documents", "وثائق", "文件")},
                 {"int_mgmt", in("Interviews with management", "مقابلات مع الإدارة", "管理层访谈")},
                 {"int_staff", in("Interviews with staff", "مقابلات مع الموظفين", "员工访谈")},
                 {"walk", in("Walk-through", "جولة تفقدية", "现场巡查")}});
    QuestionView note{.key = "n1"};
    note.label = in("Staff in post: 28 women, 79 men. Women's share: 25.9 %.",
                    "الموظفون: 28 امرأة و79 رجلا. نسبة النساء: 25.9٪.",
                    "在职人员：女28人，男79人。女性占比25.9%。");
    note.control = Control::note;
    return {group, date, methods, note};
}

std::vector<QuestionView> Samples::repeated_questions() const {
    QuestionView repeat{.kind = RowKind::repeat, .key = "r1"};
    repeat.label = in("Evidence", "الأدلة", "证据材料");
    repeat.can_add = true;
    QuestionView instance{.kind = RowKind::instance, .key = "r1[k1]", .depth = 1};
    instance.label = in("Evidence 1", "الدليل 1", "证据 1");
    instance.can_remove = true;
    QuestionView title{.key = "r1[k1]/title", .depth = 1};
    title.label = in("Title of the document", "عنوان الوثيقة", "文件标题");
    title.value = title.shown = in("Order 12/2024", "الأمر 12/2024", "第12/2024号令");
    QuestionView addition{.kind = RowKind::addition, .key = "add r1", .depth = 1};
    addition.label = repeat.label;
    addition.repeat = repeat.key;
    return {repeat, instance, title, addition};
}

std::vector<QuestionView> Samples::questions() const {
    std::vector<QuestionView> questions{chosen_question(), commented_question(), rated_question(),
                                        missing_question(), wrong_question()};
    for (const auto& more : {grouped_questions(), repeated_questions()})
        questions.insert(questions.end(), more.begin(), more.end());
    return questions;
}

FillView Samples::fill_table() const {
    auto table = std::make_shared<TableView>();
    table->rows = {in("under 1 year", "دون السنة", "不足1岁"),
                   in("1-5 years", "1-5 سنوات", "1-5岁"),
                   in("6-17 years", "6-17 سنة", "6-17岁"),
                   in("18-59 years", "18-59 سنة", "18-59岁"),
                   in("60 years and over", "60 سنة فأكثر", "60岁及以上"),
                   in("age not recorded", "العمر غير مسجّل", "未记录年龄")};
    table->columns = {in("Women and girls", "نساء وفتيات", "妇女和女孩"),
                      in("Men and boys", "رجال وفتيان", "男子和男孩")};
    const std::vector<std::string> values{"3",   "1",    "12", "9", "",   "41",
                                          "350", "1204", "8",  "6", "-1", "0"};
    for (std::size_t at = 0; at < values.size(); ++at) {
        QuestionView cell{.key = "/grpa_main/e_srv/cell" + std::to_string(at)};
        cell.label = table->columns[at % 2] + ", " + table->rows[at / 2];
        cell.control = Control::integer;
        cell.value = cell.shown = values[at];
        if (values[at] == "-1") {
            cell.problem = AnswerProblem::constraint;
            cell.message = in("Enter a whole number, 0 or more.", "أدخل عددا صحيحا، 0 أو أكثر.",
                              "请输入0或更大的整数。");
        }
        table->in_form.push_back(table->cells.size());
        table->cells.push_back(std::move(cell));
    }
    table->cells[0].hint =
        in("Leave empty for unknown; enter 0 for none.",
           "اتركه فارغا إن كان مجهولا، وأدخل 0 إن لم يوجد.", "不详请留空；没有请填0。");
    table->row_totals = {"4", "21", "≥ 41", "1,554", "14", "-1"};
    table->column_totals = {"≥ 372", "1,261"};
    table->total = "≥ 1,633";
    FillView view = fill();
    view.section = 4;
    QuestionView group{.kind = RowKind::group, .key = "/grpa_main/e_srv/e_sadd"};
    group.label =
        in("People served in the period, by sex and age",
           "الأشخاص المخدومون خلال الفترة، بحسب الجنس والعمر", "本期服务人数，按性别和年龄");
    QuestionView row{.kind = RowKind::table, .key = "table e_sadd", .depth = 1};
    row.table = std::move(table);
    view.questions = {std::move(group), std::move(row)};
    view.can_undo = true;
    view.one_page = true;
    view.page = 2;
    view.pages = 9;
    return view;
}

}  // namespace bordereau::test
