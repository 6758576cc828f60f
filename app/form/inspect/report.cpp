#include "app/form/inspect/report.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/form/definition/definition.h"
#include "app/form/inspect/clients.h"
#include "app/form/inspect/reachability.h"
#include "app/form/inspect/xform_files.h"

namespace bordereau::form {
namespace {

std::string quoted(std::string_view text) {
    return "'" + std::string{text} + "'";
}

std::string counted(int count, const std::string& one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

/// The question, or the choice, that an itext id such as /data/q:label belongs to.
std::string owner_of(const std::string& id) {
    return id.starts_with('/') ? id.substr(0, id.find(':')) : id;
}

bool is_missing(const TextTemplate& text) {
    return text.empty() || (text.size() == 1 && text.front().output == kNone &&
                            (text.front().literal.empty() || text.front().literal == "-"));
}

class Inspector {
public:
    Inspector(const Definition& form, std::string_view xform, const Resources& beside,
              const LentTexts& lent)
        : form_(form), xform_(xform), beside_(beside), lent_(lent) {}

    FormReport run() {
        measure();
        compare_languages();
        report_unreachable();
        report_unused_lists();
        report_files();
        report_clients();
        std::ranges::stable_sort(report_.remarks, {}, &Remark::topic);
        return std::move(report_);
    }

private:
    void remark(Topic topic, std::string path, std::string message, std::string remedy) {
        report_.remarks.push_back({topic,
                                   {.severity = Severity::warning,
                                    .path = std::move(path),
                                    .message = std::move(message),
                                    .remedy = std::move(remedy)}});
    }

    void measure() {
        auto& size = report_.size;
        size.bytes = xform_.size();
        size.repeats = static_cast<int>(form_.repeats.size());
        size.lists = static_cast<int>(form_.instances.size());
        for (const auto& node : form_.model)
            if (node.bind.calculate != kNone) ++size.calculations;
        for (const auto& [id, instance] : form_.instances) size.choices += rows_of(instance->tree);
        for (const auto control : form_.body) measure(control, 0);
    }

    static std::size_t rows_of(const Tree& tree) {
        std::size_t rows = 0;
        if (tree.root() == kNoNode) return 0;
        for (auto at = tree.first_child(tree.root()); at != kNoNode; at = tree.next(at)) ++rows;
        return rows;
    }

    /// The group that gives a repeat its label.
    bool is_frame_of_repeat(const Control& control) const {
        if (control.kind != ControlKind::group || control.children.size() != 1) return false;
        const auto& inner = form_.controls[control.children.front()];
        return inner.kind == ControlKind::repeat && inner.repeat != kNone &&
               control.node == form_.repeats[inner.repeat].node;
    }

    void measure(std::uint32_t index, int depth) {
        const auto& control = form_.controls[index];
        auto& size = report_.size;
        size.choices += control.choices.size();
        const bool repeat_around = is_frame_of_repeat(control);
        const bool section =
            control.kind == ControlKind::group || control.kind == ControlKind::repeat;
        if (!section) {
            ++(control.widget == Widget::note ? size.notes : size.questions);
            size.deepest = std::max(size.deepest, depth);
        }
        if (control.kind == ControlKind::group && !repeat_around) ++size.groups;
        const int inner = depth + (section && !repeat_around ? 1 : 0);
        for (const auto child : control.children) measure(child, inner);
    }

    void compare_languages() {
        // Which ids have a text, and which a guidance, in any language.
        std::map<std::string, std::pair<bool, bool>> there;
        for (const auto& translation : form_.translations.all) {
            for (const auto& [id, forms] : translation.texts) {
                auto& entry = there[id];
                entry.first = entry.first || !is_missing(forms.plain);
                entry.second = entry.second || !is_missing(forms.guidance);
            }
        }
        if (form_.translations.all.size() < 2) there.clear();
        for (const auto& translation : form_.translations.all) {
            LanguageReport language{translation.language, 0, 0};
            for (const auto& [id, has] : there) {
                const auto found = translation.texts.find(id);
                const TextForms none;
                const auto& forms = found == translation.texts.end() ? none : found->second;
                if (has.first) compare(id, "text", forms.plain, language);
                if (has.second) compare(id, "guidance hint", forms.guidance, language);
            }
            report_.languages.push_back(std::move(language));
        }
    }

    void compare(const std::string& id, const std::string& what, const TextTemplate& text,
                 LanguageReport& language) {
        ++language.texts;
        if (!is_missing(text) && !lent_.contains({language.language, id})) return;
        ++language.missing;
        const auto colon = id.starts_with('/') ? id.find(':') : std::string::npos;
        auto kind = colon == std::string::npos ? std::string{"label"} : id.substr(colon + 1);
        if (kind == "jr:constraintMsg") kind = "constraint message";
        if (kind == "jr:requiredMsg") kind = "required message";
        remark(
            Topic::translation, owner_of(id),
            "The " + (what == "text" ? kind : what) + " is missing in " + language.language + ".",
            "Fill in the cell; until then people read another language.");
    }

    void report_unreachable() {
        for (const auto& found : unreachable_questions(form_)) {
            const auto& path = form_.model[found.node].path;
            const std::string what = form_.model[found.node].is_leaf
                                         ? "This question is never asked: "
                                         : "Nothing in here is ever asked (" +
                                               counted(found.questions, "question") + "): ";
            remark(Topic::unreachable, path, what + reason_of(found) + ".",
                   "Correct the relevance, or remove it.");
        }
    }

    static std::string reason_of(const Unreachable& found) {
        switch (found.why) {
            case WhyNever::constant: break;
            case WhyNever::no_such_choice:
                return quoted(found.value) + " is no choice of " + found.source;
            case WhyNever::two_at_once: return found.source + " would need two answers at once";
            case WhyNever::source_never_asked:
                return "it depends on " + found.source + ", which is never asked itself";
        }
        return "its relevance is never true";
    }

    void report_unused_lists() {
        std::set<std::string> used;
        for (const auto& expression : form_.expressions)
            used.insert(expression.instances().begin(), expression.instances().end());
        for (const auto& id : lists_within(xform_)) {
            if (used.contains(id)) continue;
            remark(Topic::unused_list, {}, "The list " + quoted(id) + " is not used.",
                   "Remove it from the choices sheet, or use it.");
        }
        for (const auto& file : files_of_xform(xform_)) {
            if (file.media || used.contains(file.id)) continue;
            remark(Topic::unused_list, {},
                   "The file " + quoted(file.name) + " is attached but not used.",
                   "Remove it, or use instance('" + file.id + "').");
        }
    }

    void report_files() {
        std::map<std::string, NamedFile> files;
        for (const auto& file : files_of_xform(xform_)) {
            const auto known = files.find(file.name);
            if (known != files.end()) continue;
            const bool present = beside_ && beside_(file.name).ok();
            files.emplace(file.name, NamedFile{file.name, present, file.media});
            if (present) continue;
            if (file.media)
                remark(Topic::media, owner_of(file.id),
                       "The file " + quoted(file.name) + " is missing.",
                       "Put it beside the form, or into a folder named after it: FORM-media.");
            else
                remark(Topic::file, {}, "The list " + quoted(file.name) + " is missing.",
                       "Put it beside the form, or into a folder named after it: FORM-media.");
        }
        for (auto& [name, file] : files) report_.files.push_back(std::move(file));
    }

    void report_clients() {
        std::set<std::string> said;
        for (const auto& node : form_.model) {
            const auto& bind = node.bind;
            for (const auto index :
                 {bind.relevant, bind.calculate, bind.constraint, bind.readonly, bind.required})
                if (index != kNone) report_client(node.path, form_.expression(index).text(), said);
        }
        for (const auto& expression : form_.expressions) report_client({}, expression.text(), said);
        for (const auto& control : form_.controls)
            if (control.appearance.find("search(") != std::string::npos && said.insert("s").second)
                remark(Topic::client, control.node == kNone ? "" : form_.model[control.node].path,
                       "search() is unknown to Enketo and ODK Web Forms.",
                       "Use select_one_from_file with a choice_filter.");
    }

    void report_client(const std::string& path, const std::string& text,
                       std::set<std::string>& said) {
        for (const auto& lacking : lacking_in(text))
            if (said.insert(lacking.what).second)
                remark(Topic::client, path,
                       lacking.what + " is unknown to " + lacking.clients + ".", lacking.instead);
    }

    const Definition& form_;
    std::string_view xform_;
    const Resources& beside_;
    const LentTexts& lent_;
    FormReport report_;
};

}  // namespace

FormReport inspect(const Form& form, std::string_view xform, const Resources& beside,
                   const LentTexts& lent) {
    return Inspector{form.definition(), xform, beside, lent}.run();
}

}  // namespace bordereau::form
