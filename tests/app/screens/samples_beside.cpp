// What stands beside answers and side by side: copied answers, notes, tables of choices, lines,
// rankings.
#include <memory>

#include "tests/app/screens/samples.h"

namespace bordereau::test {

using namespace app;

namespace {

ChoiceList list_of(std::vector<ChoiceView> choices) {
    return std::make_shared<const std::vector<ChoiceView>>(std::move(choices));
}

QuestionView row_of(std::shared_ptr<BlockView> block) {
    QuestionView row{.kind = RowKind::block, .key = "block " + block->questions.front().key};
    row.block = std::move(block);
    return row;
}

}  // namespace

FillView Samples::fill_copied() const {
    FillView view = fill();
    const std::string audit =
        in("Unit audit, 4 March 2025", "تدقيق الوحدة، 4 مارس 2025", "单位审计，2025年3月4日");
    const std::string said = in("Copied, not confirmed: ", "منسوخ وغير مؤكَّد: ", "已复制，未确认：");
    view.copy = {audit, 12, 2, 1};
    QuestionView copied = chosen_question();
    copied.copied = said + audit;
    QuestionView noted = rated_question();
    noted.copied = said + audit;
    noted.note = in("Seen on the notice board of the second shift.",
                    "شوهد على لوحة إعلانات الوردية الثانية.", "见于第二班的公告栏。");
    QuestionView open = wrong_question();
    open.value.clear();
    open.problem = AnswerProblem::none;
    open.earlier = "14";
    view.questions = {copied, noted, open};
    return view;
}

QuestionView Samples::ranked_question() const {
    QuestionView question{.key = "i_rank", .number = "61"};
    question.label = in("What hinders most?", "ما العائق الأكبر؟", "最大的障碍是什么？");
    question.control = Control::rank;
    question.value = "money law staff";
    question.choices = list_of({{"law", in("Law", "القانون", "法律")},
                                {"money", in("Money", "المال", "资金")},
                                {"staff", in("Staff", "الموظفون", "人员")}});
    return question;
}

QuestionView Samples::choice_table() const {
    auto block = std::make_shared<BlockView>();
    block->choices = list_of({{"never", in("Never", "أبدا", "从不")},
                              {"often", in("Often", "غالبا", "经常")},
                              {"always", in("Always", "دائما", "总是")}});
    const auto add = [&](std::string key, std::string label, std::string appearance) {
        QuestionView question{.key = std::move(key)};
        question.label = std::move(label);
        question.control = Control::select_one;
        question.choices = block->choices;
        question.appearance = std::move(appearance);
        block->questions.push_back(std::move(question));
    };
    add("t_head", in("How often?", "كم مرة؟", "多久一次？"), "label");
    add("t_search", in("Searches by women", "تفتيش تجريه نساء", "由女性搜查"), "list-nolabel");
    add("t_room", in("A room apart is used", "تُستخدم غرفة منفصلة", "使用单独房间"), "list-nolabel");
    block->questions[1].value = "often";
    block->questions[1].required = true;
    block->questions[2].problem = AnswerProblem::required;
    return row_of(std::move(block));
}

QuestionView Samples::line() const {
    auto block = std::make_shared<BlockView>();
    const auto add = [&](std::string key, std::string label, int share) {
        QuestionView question{.key = std::move(key)};
        question.label = std::move(label);
        question.control = Control::integer;
        block->questions.push_back(std::move(question));
        block->shares.push_back(share);
    };
    add("w_lanes", in("Lanes", "الممرات", "通道"), 1);
    add("w_booths", in("Booths that are staffed now", "الأكشاك العاملة الآن", "现有人值守的岗亭"),
        2);
    return row_of(std::move(block));
}

FillView Samples::fill_blocks() const {
    FillView view = fill();
    QuestionView scale = rated_question();
    scale.appearance = "likert";
    scale.value = "3";
    QuestionView columns = chosen_question();
    columns.appearance = "columns-2 no-buttons";
    view.questions = {choice_table(), line(), scale, columns, ranked_question()};
    return view;
}

}  // namespace bordereau::test
