// The files of an open audit: attached, browsed for, looked at, copied.
#include "app/desk/form_remarks.h"
#include "app/stage.h"
#include "storage/attachments.h"

namespace bordereau::app {

void Stage::attach(const std::string& question, const std::filesystem::path& file) {
    if (asks_for(question, form::Widget::barcode))
        return read_code(question, CodeReading{file, options_.wake});
    const form::NodeId node = filling_->session().find_key_path(question);
    told(attach_file(desk_->notebook(), *filling_, node, file));
}

// A picture that was copied has no name of its own.
void Stage::attach_picture(const std::string& question, const std::string& bytes) {
    const form::NodeId node = filling_->session().find_key_path(question);
    told(attach_bytes(desk_->notebook(), *filling_, node, "picture", bytes));
}

void Stage::told(const Result<AttachOutcome>& outcome) {
    if (!outcome) return say(Doing::attaching, outcome.error());
    if (const auto* refusal = std::get_if<FileRefusal>(&*outcome))
        return say(Tone::error, sentence_for(words_, *refusal));
    message_ = told_of(words_, std::get<AttachedFile>(*outcome));
    browsing_.reset();
}

void Stage::drop(const std::string& question, const std::vector<std::string>& paths) {
    if (question.empty()) return say(Tone::warning, std::string{words_("file.nowhere")});
    if (paths.size() != 1) return say(Tone::warning, std::string{words_("file.one_only")});
    attach(question, paths.front());
}

void Stage::detach(const std::string& question) {
    Status detached = detach_file(*filling_, filling_->session().find_key_path(question));
    if (!detached) say(Doing::attaching, detached.error());
    enlarged_.clear();
}

void Stage::browse(const std::string& question, bool saving) {
    begin_browsing({.question = question, .saving = saving});
    const form::Session& session = filling_->session();
    if (saving) browsing_->file = session.value(session.find_key_path(question));
}

// In the folder that was open last; a stick that is plugged in is where bundles are.
void Stage::browse_for(BrowseFor::What what) {
    using Wanted = BrowserView::Wanted;
    const bool form = what == BrowseFor::What::form;
    begin_browsing({.wanted = form ? Wanted::form : Wanted::bundles});
    if (const auto sticks = sticks_in(options_.places); !form && !sticks.empty())
        browsing_->folder = sticks.front();
}

void Stage::begin_browsing(Browsing browsing) {
    std::error_code ignored;
    if (browsed_.empty() || !std::filesystem::is_directory(browsed_, ignored))
        browsed_ = options_.places.home;
    browsing.folder = browsed_;
    browsing_ = std::move(browsing);
    enlarged_.clear();
    padded_.clear();
    message_ = {};
}

// An unusable one is remembered with its findings, and changes nothing else.
void Stage::add_form(const std::filesystem::path& file) {
    if (Status allowed = desk_->may(storage::Act::add_forms); !allowed)
        return say(Doing::importing_form, allowed.error());
    const auto read = desk_->forms().import(file);
    if (!read) return say(Doing::importing_form, read.error());
    browsing_.reset();
    form_added_.reset();
    const std::string name = file.filename().string();
    if (!read->form) return say(Tone::warning, words_("message.form_unusable", {{"file", name}}));
    form_added_ = {{read->form->id()}, read->form->version(), findings_of(*read, file)};
    const auto findings = static_cast<std::int64_t>(form_added_->findings.size());
    std::string told = words_("message.form_added",
                              {{"title", read->form->title()}, {"version", read->form->version()}});
    if (findings > 0) told += " " + words_.count("forms.findings", findings);
    say(Tone::good, std::move(told));
}

void Stage::save_copy() {
    const std::filesystem::path file = browsing_->folder / browsing_->file;
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return say(Doing::saving_copy, {ErrorCode::conflict, file.string()});
    Status saved =
        storage::Attachments{desk_->notebook()}.save_copy(filling_->audit(), browsing_->file, file);
    if (!saved) return say(Doing::saving_copy, saved.error());
    say(Tone::good, words_("file.saved", {{"path", file.string()}}));
    browsing_.reset();
}

Status Stage::show_files(const Presenting& present) {
    views_.files = {};
    show_camera();
    if (browsing_ && browsing_->wanted != BrowserView::Wanted::answer)
        views_.files.browser = present_browser(present, *browsing_, options_.places);
    if (!filling_) return done();
    show_positions();
    show_codes();
    const FileSources from = file_sources();
    if (place_ == Place::fill) {
        Status shown = present_files(present, from, views_.fill.questions);
        if (shown) shown = present_pads(from, views_.fill.questions);
        if (!shown) return shown;
    }
    if (place_ == Place::review)
        if (Status shown = present_files(present, from, views_.review.questions); !shown)
            return shown;
    if (browsing_ && !views_.files.browser)
        views_.files.browser = present_browser(present, from, *browsing_, options_.places);
    if (!padded_.empty())
        if (auto pad = pad_of(padded_))
            views_.files.pad = std::make_shared<const PadView>(*std::move(pad));
    if (enlarged_.empty()) return done();
    auto enlarged = present_enlarged(present, from, enlarged_);
    if (!enlarged) return std::move(enlarged).error();
    views_.files.enlarged = *std::move(enlarged);
    return done();
}

}  // namespace bordereau::app
