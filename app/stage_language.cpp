// Whose language the interface speaks: everybody's own, and before anybody has unlocked the one
// that was used last. That one lies beside the notebook, which is closed then.
#include <utility>

#include "app/stage.h"
#include "storage/base/text.h"
#include "storage/files.h"
#include "storage/settings.h"

namespace bordereau::app {
namespace {

constexpr std::uintmax_t kLongestTag = 100;

std::filesystem::path file_beside(std::filesystem::path notebook) {
    notebook = std::filesystem::absolute(notebook).lexically_normal();
    if (!notebook.has_filename()) notebook = notebook.parent_path();
    return notebook += ".language";
}

std::string setting_of(const storage::Person& person) {
    return "ui.language." + person.id.text;
}

}  // namespace

text::Language Stage::last_language() const {
    const auto kept = storage::read_file_within(file_beside(options_.folder), kLongestTag);
    if (!kept) return options_.language;
    return text::language_of(trimmed(*kept)).value_or(options_.language);
}

void Stage::set_language(text::Language language) {
    looks_.language = language;
    words_ = embedded_words(language);
    speak_as_interface();
}

// The form that is open speaks it too, where it can.
void Stage::speak_as_interface() {
    if (!filling_) return;
    const std::string wanted = form_language_for(filling_->session().form(), looks_.language);
    if (!wanted.empty()) filling_->set_language(wanted);
}

void Stage::choose_language(text::Language language) {
    set_language(language);
    language_chosen_ = !desk_;
    if (Status kept = keep_language(); !kept) say(Doing::recording, kept.error());
}

// What was just chosen goes before what the person who unlocked had chosen once.
void Stage::find_language() {
    const bool chosen = std::exchange(language_chosen_, false);
    const auto own =
        storage::Settings{desk_->notebook()}.get(setting_of(desk_->notebook().person()));
    const auto kept = own && *own ? text::language_of(**own) : std::nullopt;
    if (kept && !chosen) set_language(*kept);
    if (!chosen && last_language() == looks_.language) return;
    if (Status done = keep_language(); !done) say(Doing::recording, done.error());
}

Status Stage::keep_language() {
    const std::string tag{text::tag_of(looks_.language)};
    if (desk_ && !alone_) {
        storage::Settings settings{desk_->notebook()};
        Status kept = settings.set(setting_of(desk_->notebook().person()), tag);
        if (!kept) return kept;
    }
    const std::filesystem::path file = file_beside(options_.folder);
    if (std::error_code code; !std::filesystem::exists(file.parent_path(), code))
        if (Status made = storage::make_folder(file.parent_path()); !made) return made;
    return storage::replace_file(file, tag + "\n");
}

}  // namespace bordereau::app
