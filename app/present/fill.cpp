#include "app/present/fill.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/present/blocks.h"
#include "app/present/earlier_rows.h"
#include "app/present/empty_lists.h"
#include "app/present/pages.h"
#include "app/present/tables.h"

namespace bordereau::app {
namespace {

RowKind kind_of(form::ElementKind kind) {
    switch (kind) {
        case form::ElementKind::question: return RowKind::question;
        case form::ElementKind::group: return RowKind::group;
        case form::ElementKind::repeat: return RowKind::repeat;
        case form::ElementKind::repeat_instance: return RowKind::instance;
    }
    return RowKind::question;
}

bool chooses(form::Widget widget) {
    return widget == form::Widget::select_one || widget == form::Widget::select_multiple ||
           widget == form::Widget::rank;
}

double number_or(std::string_view text, double otherwise) {
    double number = otherwise;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} ? number : otherwise;
}

void add_answer(const form::Session& session, const form::Element& element, QuestionView& row) {
    row.control = control_for(element.widget);
    row.value = session.value(element.node);
    if (row.control == Control::decimal) row.value = without_empty_fraction(row.value);
    row.shown = answer_in_words(session, element);
    row.required = session.required(element.node);
    row.readonly = session.readonly(element.node);
    row.problem = shown_problem(session.validity(element.node));
    if (row.problem != AnswerProblem::none) row.message = session.message(element.node);
    if (element.widget != form::Widget::range) return;
    row.range_start = number_or(session.parameter(element, "start"), 1);
    row.range_end = number_or(session.parameter(element, "end"), 10);
    row.range_step = number_or(session.parameter(element, "step"), 1);
}

QuestionView new_row(const form::Session& session, const form::Element& element, std::string key) {
    QuestionView row;
    row.kind = kind_of(element.kind);
    row.stamp = session.stamp(element);
    row.key = std::move(key);
    row.depth = element.depth;
    row.label = session.label(element);
    row.hint = session.hint(element);
    row.guidance = session.guidance(element);
    row.appearance = session.appearance(element);
    row.can_add = element.can_add;
    row.can_remove = element.can_remove;
    if (element.kind == form::ElementKind::question) add_answer(session, element, row);
    if (element.kind == form::ElementKind::repeat_instance)
        row.label += (row.label.empty() ? "" : " ") + std::to_string(element.position);
    return row;
}

QuestionView row_of(const form::Session& session, const form::Element& element, std::string key,
                    EarlierRows& earlier) {
    QuestionView* before = earlier.find(key);
    const bool question = element.kind == form::ElementKind::question;
    const bool choosing = question && chooses(element.widget);
    // The words of a chosen answer come from the list, which has no part in the stamp.
    const bool same = before != nullptr && question && before->kind == RowKind::question &&
                      before->stamp == session.stamp(element) &&
                      (!choosing || before->choices_of == session.choice_list(element));
    QuestionView row = same ? std::move(*before) : new_row(session, element, std::move(key));
    row.depth = element.depth;
    if (choosing) earlier.add_choices(session, element, row);
    return row;
}

QuestionView addition_to(const QuestionView& repeat) {
    QuestionView row;
    row.kind = RowKind::addition;
    row.key = "add " + repeat.key;
    row.depth = repeat.depth + 1;
    row.label = repeat.label;
    row.repeat = repeat.key;
    return row;
}

// Whoever has filled an entry adds the next one where they are: below it.
std::vector<QuestionView> with_additions(std::vector<QuestionView> rows) {
    std::vector<QuestionView> out, waiting;  // the innermost repeat last
    out.reserve(rows.size());
    const auto close = [&](int depth) {
        for (; !waiting.empty() && waiting.back().depth > depth; waiting.pop_back())
            out.push_back(std::move(waiting.back()));
    };
    for (QuestionView& row : rows) {
        close(row.depth);
        if (row.can_add) waiting.push_back(addition_to(row));
        out.push_back(std::move(row));
    }
    close(-1);
    return out;
}

int earlier_in(const std::vector<QuestionView>& rows) {
    int count = 0;
    for (const QuestionView& row : rows) {
        if (row.table) count += earlier_in(row.table->cells);
        if (row.block) count += earlier_in(row.block->questions);
        if (!row.earlier.empty()) ++count;
    }
    return count;
}

// Forms name a language with its tag, "Français (fr)": people know it by its own name alone.
std::string name_of_language(const std::string& of_form) {
    const auto known = text::language_of(of_form);
    return known ? std::string{text::own_name(*known)} : of_form;
}

}  // namespace

QuestionView present_question(const form::Session& session, const form::Element& element,
                              std::string key) {
    EarlierRows none{{}};
    return row_of(session, element, std::move(key), none);
}

Control control_for(form::Widget widget) {
    switch (widget) {
        case form::Widget::text: return Control::text;
        case form::Widget::integer: return Control::integer;
        case form::Widget::decimal: return Control::decimal;
        case form::Widget::date: return Control::date;
        case form::Widget::time: return Control::time;
        case form::Widget::date_time: return Control::date_time;
        case form::Widget::select_one: return Control::select_one;
        case form::Widget::select_multiple: return Control::select_multiple;
        case form::Widget::rank: return Control::rank;
        case form::Widget::range: return Control::range;
        case form::Widget::geopoint: return Control::geopoint;
        case form::Widget::geotrace: return Control::geotrace;
        case form::Widget::geoshape: return Control::geoshape;
        case form::Widget::image: return Control::image;
        case form::Widget::audio: return Control::audio;
        case form::Widget::video: return Control::video;
        case form::Widget::file: return Control::file;
        case form::Widget::barcode: return Control::barcode;
        case form::Widget::trigger: return Control::trigger;
        case form::Widget::note: return Control::note;
        case form::Widget::other: return Control::other;
    }
    return Control::other;
}

AnswerProblem shown_problem(form::Validity validity) {
    switch (validity) {
        case form::Validity::valid: return AnswerProblem::none;
        case form::Validity::required: return AnswerProblem::required;
        case form::Validity::constraint: return AnswerProblem::constraint;
        case form::Validity::type: return AnswerProblem::type;
    }
    return AnswerProblem::none;
}

std::vector<CommentView> present_comments(const Presenting& present,
                                          std::span<const storage::ReviewComment> comments,
                                          std::string_view path, bool resolving) {
    std::vector<CommentView> out;
    for (const auto& comment : comments)
        if (comment.path == path)
            out.push_back({comment.id, comment.author_login, worded_time(present, comment.at),
                           comment.text, !comment.resolved, resolving && !comment.resolved});
    return out;
}

std::vector<SectionView> present_sections(const form::Session& session,
                                          const std::vector<Section>& sections,
                                          std::span<const storage::ReviewComment> comments) {
    std::map<std::string_view, int> open;
    for (const auto& comment : comments)
        if (!comment.resolved) ++open[comment.path];
    std::vector<SectionView> out;
    for (const Section& section : sections) {
        SectionView view{section.title, progress_of(session, section.begin, section.end), 0, 0};
        for (std::size_t i = section.begin; i < section.end; ++i) {
            const form::Element& element = session.elements()[i];
            if (element.kind != form::ElementKind::question) continue;
            const form::Validity validity = session.validity(element.node);
            if (validity == form::Validity::constraint || validity == form::Validity::type)
                ++view.problems;
            if (open.empty()) continue;
            const auto found = open.find(session.key_path(element.node));
            if (found != open.end()) view.open_comments += found->second;
        }
        out.push_back(std::move(view));
    }
    return out;
}

std::vector<QuestionView> present_rows(const Presenting& present, const form::Session& session,
                                       const Section& section,
                                       std::span<const storage::ReviewComment> comments,
                                       bool resolving, std::vector<QuestionView> before,
                                       const BesideRows* open) {
    auto keys = keys_of(session);
    EarlierRows earlier{unfold_tables(unfold_blocks(std::move(before)))};
    std::vector<QuestionView> rows;
    std::optional<EarlierAnswers> answers;
    if (open != nullptr && open->earlier != nullptr) answers.emplace(*open->earlier, session);
    int number = 0;
    for (std::size_t i = section.begin; i < section.end; ++i) {
        const form::Element& element = session.elements()[i];
        // The section's own group is its title, not a row.
        if (i == section.begin && element.kind == form::ElementKind::group) continue;
        // Remarks stand at the question that they are on.
        if (element.remark_on != form::NodeId{}) continue;
        QuestionView row = row_of(session, element, std::move(keys[i]), earlier);
        row.number = asks(session, element) ? std::to_string(++number) : std::string{};
        // Another answer decides it: no part of the stamp either.
        row.no_choices = row.choices && row.choices->empty()
                             ? why_no_choices(session, element, rows, present.words)
                             : std::string{};
        row.comments = present_comments(present, comments, row.key, resolving);
        if (open != nullptr)
            add_beside(present, *open, answers ? &*answers : nullptr, element, row);
        rows.push_back(std::move(row));
    }
    return with_additions(fold_blocks(fold_tables(std::move(rows), present.words.language()),
                                      has_grid(session.form())));
}

FillView present_fill(const Presenting& present, const BesideRows& open, const Reading& reading,
                      std::span<const storage::ReviewComment> comments,
                      std::vector<QuestionView> before) {
    const Filling& filling = open.filling;
    const form::Session& session = filling.session();
    const auto sections = sections_of(session);
    FillView view;
    view.header = header_of(filling.summary(), session);
    view.sections = present_sections(session, sections, comments);
    view.section =
        std::clamp(reading.section, 0, std::max(0, static_cast<int>(sections.size()) - 1));
    if (!sections.empty()) {
        const Section& section = sections[static_cast<std::size_t>(view.section)];
        view.questions = present_rows(present, session, section, comments, filling.editable(),
                                      std::move(before), &open);
        view.copy = present_copy(present, open, &section);
        view.copy.here = earlier_in(view.questions);
    }
    if (reading.one_page) keep_page(view, reading.page_key, reading.page);
    view.scroll_to = reading.scroll_to;
    view.scroll_request = reading.scroll_request;
    view.keyboard_to = reading.keyboard_to;
    view.saved_tone = filling.saved() ? Tone::good : Tone::error;
    if (!filling.saved())
        view.saved = present.words("fill.not_saved");
    else if (filling.saved_at() > 0)
        view.saved =
            present.words("fill.saved", {{"when", worded_time(present, filling.saved_at())}});
    for (const std::string& language : session.form().languages())
        view.languages.push_back({language, name_of_language(language)});
    view.language = session.language();
    view.can_undo = filling.can_undo();
    view.can_redo = filling.can_redo();
    view.today = local_date(present.clock, present.clock.now());
    return view;
}

}  // namespace bordereau::app
