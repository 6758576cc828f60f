#include "app/form/xlsform/survey_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "app/form/xlsform/columns.h"
#include "app/form/xlsform/loop.h"
#include "app/form/xlsform/parameters.h"
#include "app/form/xlsform/question_types.h"
#include "app/form/xlsform/reference_syntax.h"
#include "app/form/xlsform/row_checks.h"
#include "app/form/xlsform/survey_row.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::size_t kDeepestSections = 60;

constexpr std::string_view kNameRule =
    "Names start with a letter or underscore; letters, digits, underscores, hyphens and periods "
    "may follow.";

std::string_view word_of(SectionWord word) {
    switch (word) {
        case SectionWord::group: return "group";
        case SectionWord::repeat: return "repeat";
        case SectionWord::loop: break;
    }
    return "loop";
}

ElementKind kind_of(SectionWord word) {
    switch (word) {
        case SectionWord::group: return ElementKind::group;
        case SectionWord::repeat: return ElementKind::repeat;
        case SectionWord::loop: break;
    }
    return ElementKind::loop;
}

class SurveyReader {
public:
    SurveyReader(const Table& table, const SurveySources& sources, Findings& findings)
        : table_(table), sources_(sources), findings_(findings) {}

    std::unique_ptr<Element> run() {
        auto survey = std::make_unique<Element>();
        survey->kind = ElementKind::survey;
        survey->name = sources_.settings.root;
        open_.push_back({survey.get(), SectionWord::group, 0});
        for (const auto& row : table_.rows) read(row);
        while (open_.size() > 1) {
            const auto section = open_.back();
            error(section.row, "type",
                  "The " + std::string{word_of(section.word)} + " " +
                      quoted(section.element->name) + " is not closed.",
                  "Add a row end_" + std::string{word_of(section.word)} + ".");
            close();
        }
        check_triggers();
        check_repeat_names(*survey);
        return survey;
    }

private:
    /// A section whose end has not come yet, with the names of its children in lower case.
    struct Open {
        Element* element;
        SectionWord word;
        int row;
        std::multimap<std::string, const Element*> names = {};
    };

    void error(int row, std::string_view column, std::string message, std::string remedy) {
        findings_.error(table_.place(row, column), std::move(message), std::move(remedy));
    }
    void error(const Row& row, std::string_view key, std::string message, std::string remedy) {
        error(row.number, row.header(key), std::move(message), std::move(remedy));
    }
    RowReport report(const Row& row) const { return {table_, row, findings_}; }

    void read(const Row& row) {
        if (row.has("disabled")) {
            findings_.warning(table_.place(row.number, "disabled"),
                              "The column 'disabled' is not part of XLSForm any more.",
                              "Use relevant instead.");
            if (yes_no(row.text("disabled")) == YesNo::yes) return;
        }
        const auto type = row.text("type");
        if (type.empty()) return untyped(row);
        warn_of_capitals(report(row));
        if (type == "audit") return read_audit(row);
        if (const auto section = parse_section(type))
            return section->begins ? begin(row, *section) : end(row, *section);
        if (is_of_kobo_alone(type)) return refuse_kobo(row);
        if (!check_name(row) || !check_list_named(report(row))) return;
        if (const auto select = parse_select(type)) return read_select(row, *select);
        if (const auto osm = parse_osm(type)) return read_osm(row, *osm);
        read_question(row);
    }

    /// KoboToolbox takes these apart itself before it publishes a form.
    void refuse_kobo(const Row& row) {
        error(row, "type",
              "The type " + quoted(row.text("type")) + " belongs to KoboToolbox alone.",
              "Download the form from KoboToolbox as XML, or write the questions one by one.");
    }

    void untyped(const Row& row) {
        if (row.has("name") || row.has_any("label")) {
            error(row, "type", "A question has no type.",
                  "Fill in the type, or clear name and label.");
            return;
        }
        findings_.warning(table_.place(row.number, "type"),
                          "A row without type, name and label is left out.",
                          "Clear it if it is not meant as a remark.");
    }

    /// True when the row can become an element. A note may go without a name.
    bool check_name(const Row& row) {
        const auto name = name_of(row);
        if (name.empty()) {
            error(row, "name", "A question or group has no name.",
                  "Give it one. " + std::string{kNameRule});
            return false;
        }
        if (!is_xml_name(name)) {
            error(row, "name", "The name " + quoted(name) + " cannot be used.",
                  std::string{kNameRule});
            return false;
        }
        return check_siblings(row, name);
    }

    static std::string name_of(const Row& row) {
        const auto name = row.text("name");
        if (name.empty() && row.text("type") == "note")
            return "generated_note_name_" + std::to_string(row.number);
        return std::string{name};
    }

    bool check_siblings(const Row& row, const std::string& name) {
        if (name == "meta") {
            error(row, "name", "The name 'meta' is reserved.", "Choose another name.");
            return false;
        }
        const auto [first, last] = open_.back().names.equal_range(lower_ascii(name));
        for (auto at = first; at != last; ++at) {
            const auto* sibling = at->second;
            if (sibling->name == name) {
                error(row, "name", "The name " + quoted(name) + " is used twice in one group.",
                      sibling->row > 0 ? "Rename one of the two; the other stands in row " +
                                             std::to_string(sibling->row) + "."
                                       : "It is taken by a question that the form adds; rename "
                                         "yours.");
                return false;
            }
            findings_.warning(table_.place(row.number, row.header("name")),
                              "The names " + quoted(name) + " and " + quoted(sibling->name) +
                                  " differ only in capitals.",
                              "Some programs that read the data take them for one; rename one.");
        }
        return true;
    }

    std::unique_ptr<Element> element_of(const Row& row) {
        auto element = read_element(row, sources_.settings.default_language);
        element->name = name_of(row);
        if (row.has("trigger"))
            element->triggers = read_triggers(
                row.text("trigger"), table_.place(row.number, row.header("trigger")), findings_);
        if (row.has("parameters"))
            element->parameters =
                parse_parameters(row.text("parameters"), parameters_place(row), findings_);
        return element;
    }

    Place parameters_place(const Row& row) const {
        return table_.place(row.number, row.header("parameters"));
    }

    bool in_repeat() const {
        return std::ranges::any_of(
            open_, [](const auto& section) { return section.word == SectionWord::repeat; });
    }

    Element& add(std::unique_ptr<Element> element) {
        auto& added = open_.back().element->add(std::move(element));
        open_.back().names.emplace(lower_ascii(added.name), &added);
        return added;
    }

    void read_audit(const Row& row) {
        if (row.has("name") && row.text("name") != "audit")
            error(row, "name", "The audit log must be named 'audit'.", "Leave the name empty.");
        auto audit = element_of(row);
        audit->name = audit->type = "audit";
        apply_audit_parameters(*audit, parameters_place(row), findings_);
        complete_question(*audit, false);
        meta_of(*open_.front().element).add(std::move(audit));
    }

    void begin(const Row& row, const SectionType& section) {
        if (open_.size() > kDeepestSections) {
            error(row, "type",
                  "Groups and repeats are nested more than " + std::to_string(kDeepestSections) +
                      " deep.",
                  "Close some of them before opening more.");
            open_.push_back({open_.back().element, section.word, row.number});
            return;
        }
        check_name(row);
        auto element = element_of(row);
        element->triggers.clear();
        element->kind = kind_of(section.word);
        element->itemset = section.list;
        if (section.word == SectionWord::loop) check_loop_list(row, section.list);
        check_section(report(row), *element);
        warn_of_missing_label(row, *element);
        table_list_ = std::nullopt;
        if (section.word == SectionWord::repeat) add_repeat_count(*element);
        expand_table_list(*element);
        // Kept in the tree even when its name is wrong, so that its rows are checked as well.
        auto& added = add(std::move(element));
        open_.push_back({&added, section.word, row.number});
    }

    void check_loop_list(const Row& row, const std::string& list) {
        if (!list.empty() && sources_.choices.find(list)) return;
        error(row, "type", "The loop names no list of the choices sheet.",
              "Write begin_loop over LIST.");
    }

    void warn_of_missing_label(const Row& row, const Element& element) {
        const bool named = !element.label.empty() || !element.media.empty();
        const bool field_list =
            element.kind == ElementKind::group && element.control.get("appearance") == "field-list";
        if (named || field_list || element.kind != ElementKind::repeat) return;
        findings_.warning(table_.place(row.number, "label"),
                          "The repeat " + quoted(element.name) + " has no label.",
                          "Give it one: people are asked whether to add another.");
    }

    /// A count that is not just ${name} needs a calculated question of its own.
    void add_repeat_count(Element& repeat) {
        const std::string count{repeat.control.get("jr:count")};
        if (count.empty() || sole_reference(count)) return;
        auto node = std::make_unique<Element>();
        node->name = repeat.name + "_count";
        const auto [first, last] = open_.back().names.equal_range(lower_ascii(node->name));
        if (first != last)
            error(repeat.row, "repeat_count",
                  "The count of this repeat needs the name " + quoted(node->name) + ".",
                  "Rename the other question of that name, or the repeat.");
        node->type = "calculate";
        node->bind.set("readonly", "true()");
        node->bind.set("calculate", count);
        complete_question(*node, false);
        repeat.control.set("jr:count", "${" + node->name + "}");
        add(std::move(node));
    }

    /// table-list is a field-list whose first row shows the labels of the choices.
    void expand_table_list(Element& group) {
        const auto words = words_of(group.control.get("appearance"));
        if (std::ranges::find(words, "table-list") == words.end()) return;
        table_list_ = std::string{};
        std::string appearance = "field-list";
        for (const auto word : words)
            if (word != "table-list") appearance += " " + std::string{word};
        if (!group.label.empty() || !group.hint.empty()) {
            auto note = std::make_unique<Element>();
            note->type = "note";
            note->name = "generated_table_list_label_" + std::to_string(group.row);
            note->label = std::exchange(group.label, {});
            note->hint = std::exchange(group.hint, {});
            complete_question(*note, false);
            group.add(std::move(note));
        }
        group.control.set("appearance", appearance);
    }

    void end(const Row& row, const SectionType& section) {
        const bool fits = open_.size() > 1 && open_.back().word == section.word;
        const auto word = std::string{word_of(section.word)};
        if (!fits) {
            error(row, "type", "There is no open " + word + " to end here.",
                  open_.size() > 1
                      ? "The last one opened is the " + std::string{word_of(open_.back().word)} +
                            " " + quoted(open_.back().element->name) + " in row " +
                            std::to_string(open_.back().row) + "."
                      : "Remove the row, or add begin_" + word + " above.");
            return;
        }
        close();
    }

    void close() {
        table_list_ = std::nullopt;
        auto& element = *open_.back().element;
        open_.pop_back();
        const bool still_open = open_.back().element == &element;
        if (element.kind != ElementKind::loop || still_open) return;
        const auto* list = sources_.choices.find(element.itemset);
        if (list) expand_loop(element, *list);
    }

    void read_select(const Row& row, const SelectType& select) {
        if (!check_list(report(row), select, sources_.lists)) return;
        auto element = element_of(row);
        element->type = select.canonical;
        element->itemset = select.list;
        if (select.canonical == "select one external") element->query = select.list;
        apply_select_parameters(*element, select.from_file, parameters_place(row), findings_);
        if (table_list_) add_to_table_list(row, select, *element);
        complete_question(*element, in_repeat());
        check_shown(report(row), *element);
        const auto name = element->name;
        add(std::move(element));
        if (select.or_other) add_other(row, select, name);
    }

    void add_to_table_list(const Row& row, const SelectType& select, Element& element) {
        if (table_list_->empty()) {
            table_list_ = select.list;
            if (row.has("choice_filter"))
                error(row, "choice_filter", "A table-list cannot have a choice filter.",
                      "Remove the filter or the appearance table-list.");
            auto header = std::make_unique<Element>();
            header->type = select.canonical;
            header->name = "reserved_name_for_field_list_labels_" + std::to_string(row.number);
            header->itemset = select.list;
            header->label = Translated::of(" ");
            header->control.set("appearance", "label");
            complete_question(*header, false);
            add(std::move(header));
        }
        if (*table_list_ != select.list)
            error(row, "type",
                  "A table-list shows the list " + quoted(*table_list_) + ", this row " +
                      quoted(select.list) + ".",
                  "Use one list for all selects of the group.");
        element.control.set("appearance", "list-nolabel");
    }

    void add_other(const Row& row, const SelectType& select, const std::string& name) {
        if (row.has("choice_filter"))
            error(row, "choice_filter", "or_other does not go with a choice filter.",
                  "Remove one of them.");
        auto* list = sources_.choices.find(select.list);
        if (!list) {
            error(row, "type", "or_other needs a list of the choices sheet.",
                  "Remove or_other, or use a list_name.");
            return;
        }
        list->add_other();
        auto specify = std::make_unique<Element>();
        specify->type = "text";
        specify->name = name + "_other";
        specify->label = Translated::of("Specify other.");
        specify->bind.set("relevant", "selected(../" + name + ", 'other')");
        complete_question(*specify, false);
        add(std::move(specify));
        warn_of_untranslated_other(row, *list);
    }

    void warn_of_untranslated_other(const Row& row, const ChoiceList& list) {
        const auto translated = [](const Column& column) {
            return column.path.size() > 1 && column.path.front() == "label";
        };
        if (!list.needs_itext() && std::ranges::none_of(table_.columns, translated)) return;
        findings_.warning(table_.place(row.number, row.header("type")),
                          "The texts that or_other adds are in English only.",
                          "Write the choice and a text question of your own, with translations.");
    }

    void read_osm(const Row& row, const std::string& list) {
        auto element = element_of(row);
        element->type = "osm";
        element->osm_list = list;
        complete_question(*element, in_repeat());
        check_shown(report(row), *element);
        add(std::move(element));
    }

    void read_question(const Row& row) {
        const auto* type = find_question_type(row.text("type"));
        if (!type) {
            error(row, "type", "The type " + quoted(row.text("type")) + " is unknown.",
                  "See https://xlsform.org/en/#question-types for the types there are.");
            return;
        }
        auto element = element_of(row);
        element->type = type->name;
        const bool file = element->type == "xml-external" || element->type == "csv-external";
        if (file) element->kind = ElementKind::external_instance;
        if (file && in_repeat())
            error(row, "type", "A file cannot be attached inside a repeat.",
                  "Move the row out of the repeat; its list is known everywhere all the same.");
        if (element->type == "start-geopoint")
            element->actions.push_back(
                {.element = "odk:setgeopoint", .event = "odk-instance-first-load", .value = {}});
        warn_of_withdrawn_type(report(row), element->type);
        apply_parameters(*element, sources_.choices, parameters_place(row), findings_);
        complete_question(*element, in_repeat());
        check_calculation(report(row), *element);
        check_shown(report(row), *element);
        add(std::move(element));
    }

    void check_triggers() {
        std::set<std::string> questions;
        walk(std::as_const(*open_.front().element), [&](const Element& element) {
            if (element.kind == ElementKind::question) questions.insert(element.name);
        });
        walk(std::as_const(*open_.front().element), [&](const Element& element) {
            for (const auto& name : element.triggers)
                if (!questions.contains(name))
                    error(element.row, "trigger", "There is no question " + quoted(name) + ".",
                          "Check the spelling of the trigger.");
        });
    }

    /// Repeats are told apart by name alone in many exports.
    void check_repeat_names(const Element& survey) {
        std::set<std::string> names{survey.name};
        walk(survey, [&](const Element& element) {
            if (element.kind != ElementKind::repeat || names.insert(element.name).second) return;
            error(element.row, "name",
                  "The repeat " + quoted(element.name) +
                      " has the name of another repeat or of the form's root.",
                  "Names of repeats must be unique in the whole form.");
        });
    }

    const Table& table_;
    const SurveySources& sources_;
    Findings& findings_;
    std::vector<Open> open_;
    /// Inside a table-list group: its list, empty until the first select.
    std::optional<std::string> table_list_;
};

}  // namespace

std::unique_ptr<Element> read_survey(const Table& table, const SurveySources& sources,
                                     Findings& findings) {
    return SurveyReader{table, sources, findings}.run();
}

}  // namespace bordereau::form::xlsform
