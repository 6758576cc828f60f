#include "app/present/files.h"

#include <algorithm>
#include <map>

#include "app/desk/form_remarks.h"
#include "app/present/blocks.h"
#include "app/text/format.h"
#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/notebook.h"
#include "sync/bundling.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kDot = " \xC2\xB7 ";

bool holds_file(Control control) {
    return control == Control::image || control == Control::audio || control == Control::video ||
           control == Control::file;
}

std::string sized(const text::Words& words, std::uint64_t bytes) {
    return text::format_bytes(static_cast<std::int64_t>(bytes), words.language());
}

std::string_view family_key(media::Family family) {
    switch (family) {
        case media::Family::image: return "file.family.image";
        case media::Family::audio: return "file.family.audio";
        case media::Family::video: return "file.family.video";
        case media::Family::other: break;
    }
    return "file.family.other";
}

// "JPG": the usual ending in capitals, the same in every language.
std::string short_name(media::Kind kind) {
    std::string name{media::extension(kind)};
    if (!name.empty()) name.erase(0, 1);
    for (char& letter : name)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return name;
}

// "1:05:09", "0:07".
std::string clock_words(std::int64_t millis) {
    const std::int64_t seconds = (millis + 500) / 1000;
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::int64_t hours = seconds / 3600, minutes = seconds / 60 % 60;
    return (hours > 0 ? std::to_string(hours) + ":" + two(minutes) : std::to_string(minutes)) +
           ":" + two(seconds % 60);
}

std::string about(const text::Words& words, const storage::Attachment& file,
                  const Preview* preview) {
    std::string out;
    const auto add = [&](std::string part) {
        if (!part.empty()) out += (out.empty() ? "" : std::string{kDot}) + std::move(part);
    };
    if (preview != nullptr && !preview->failed) {
        add(std::string{words(family_key(media::family(preview->kind)))});
        add(short_name(preview->kind));
        const media::Shape& shape = preview->shape;
        const bool turned = shape.orientation >= 5;
        if (shape.width > 0)
            add(std::to_string(turned ? shape.height : shape.width) + " \xC3\x97 " +
                std::to_string(turned ? shape.width : shape.height));
        if (preview->length) add(clock_words(*preview->length));
    }
    add(sized(words, static_cast<std::uint64_t>(file.size)));
    return out;
}

FileView file_view(const Presenting& present, Previews& previews, const storage::Attachment& file,
                   int side) {
    FileView view{.name = file.name, .can_save = file.present};
    if (!file.present) {
        view.about = about(present.words, file, nullptr);
        view.problem = present.words("file.missing");
        return view;
    }
    const auto preview = previews.get(file.hash, side);
    view.loading = preview == nullptr;
    view.about = about(present.words, file, preview.get());
    if (!preview) return view;
    view.picture = preview->picture;
    view.picture_key = file.hash + ":" + std::to_string(side);
    if (preview->failed) {
        view.problem = present.words("file.damaged");
        view.can_save = false;
    }
    return view;
}

std::string kinds_words(const text::Words& words, Control control, const FileWish& wish,
                        const std::string& size) {
    const bool usual = wish.media_type.empty() || wish.media_type.ends_with("/*");
    if (!usual) return words("file.rule.named", {{"kinds", wish.media_type}, {"size", size}});
    switch (control) {
        case Control::image: return words("file.rule.image", {{"size", size}});
        case Control::audio: return words("file.rule.audio", {{"size", size}});
        case Control::video: return words("file.rule.video", {{"size", size}});
        default: return words("file.rule.any", {{"size", size}});
    }
}

FileRuleView rule_of(const text::Words& words, Control control, const FileWish& wish,
                     const FileLimit& limit) {
    if (limit.bytes == 0) return {std::string{words("file.rule.full")}, false};
    FileRuleView rule{kinds_words(words, control, wish, sized(words, limit.bytes)), true};
    const auto add = [&](std::string_view sentence) { rule.text.append(" ").append(sentence); };
    if (limit.by_disk) add(words("file.rule.disk"));
    if (wish.longest_side > 0 && control == Control::image)
        add(words("file.rule.pixels",
                  {{"n", text::format_number(wish.longest_side, words.language())}}));
    add(words(wish.keep_metadata ? "file.rule.kept" : "file.rule.cleaned"));
    return rule;
}

using Files = std::map<std::string, storage::Attachment, std::less<>>;

Result<Files> files_of(const FileSources& from) {
    const auto list = storage::Attachments{from.notebook}.list(from.filling.audit());
    if (!list) return list.error();
    Files files;
    for (const auto& file : *list) files.emplace(file.name, file);
    return files;
}

FileView named_only(const Presenting& present, const std::string& name) {
    return {.name = name, .problem = std::string{present.words("file.named_only")}};
}

std::string place_words(const text::Words& words, const Bookmark& bookmark) {
    switch (bookmark.kind) {
        case BookmarkKind::home: return std::string{words("browser.place.home")};
        case BookmarkKind::pictures: return std::string{words("browser.place.pictures")};
        case BookmarkKind::documents: return std::string{words("browser.place.documents")};
        case BookmarkKind::downloads: return std::string{words("browser.place.downloads")};
        case BookmarkKind::desktop: return std::string{words("browser.place.desktop")};
        case BookmarkKind::stick: break;
    }
    return bookmark.folder.filename().string();
}

std::string entry_words(const Presenting& present, const FolderEntry& entry) {
    if (entry.folder) return {};
    std::string out = sized(present.words, entry.size);
    if (entry.changed > 0)
        out += std::string{kDot} + text::format_date(local_date(present.clock, entry.changed),
                                                     present.words.language(),
                                                     text::DateLength::numeric);
    return out;
}

bool found(std::string_view name, std::string_view wanted) {
    return lower_ascii(name).find(lower_ascii(wanted)) != std::string::npos;
}

std::string browser_rule(const Presenting& present, const FileSources& from,
                         const Browsing& browsing, const form::Element* element,
                         const FileWish& wish) {
    if (browsing.saving || element == nullptr)
        return std::string{present.words("browser.not_encrypted")};
    const auto limit = file_limit(from.notebook);
    return limit ? rule_of(present.words, control_for(element->widget), wish, *limit).text
                 : std::string{};
}

// The folder that is open, what may be chosen in it, and where else to go.
void list(const Presenting& present, const Browsing& browsing, const FolderListing& listing,
          const BookmarkPlaces& places, BrowserView& view) {
    view.folder = browsing.folder.string();
    if (browsing.folder.has_relative_path()) view.above = browsing.folder.parent_path().string();
    view.all = browsing.all;
    for (const Bookmark& bookmark : bookmarks(places))
        view.places.push_back({place_words(present.words, bookmark), bookmark.folder.string(),
                               bookmark.kind == BookmarkKind::stick,
                               bookmark.folder == browsing.folder});
    for (const FolderEntry& entry : listing.entries) {
        const bool chosen = entry.folder || (!browsing.saving && (entry.fits || browsing.all));
        if (chosen && found(entry.name, browsing.find))
            view.entries.push_back({entry.name, (browsing.folder / entry.name).string(),
                                    entry_words(present, entry), entry.folder});
    }
    if (!listing.readable) view.problem = present.words("browser.unreadable");
    if (listing.cut) view.problem = present.words.count("browser.cut", std::int64_t{kMostEntries});
}

}  // namespace

std::string sentence_for(const text::Words& words, CameraState::End end) {
    switch (end) {
        case CameraState::End::none:
        case CameraState::End::read: return {};
        case CameraState::End::no_camera: return std::string{words("camera.no_camera")};
        case CameraState::End::busy: return std::string{words("camera.busy")};
        case CameraState::End::not_allowed: return std::string{words("camera.not_allowed")};
        case CameraState::End::gone: return std::string{words("camera.gone")};
        case CameraState::End::unusable: break;
    }
    return std::string{words("camera.unusable")};
}

std::string sentence_for(const text::Words& words, FileRefusal refusal) {
    switch (refusal) {
        case FileRefusal::not_a_file: return std::string{words("file.refused.not_a_file")};
        case FileRefusal::empty: return std::string{words("file.refused.empty")};
        case FileRefusal::wrong_kind: return std::string{words("file.refused.wrong_kind")};
        case FileRefusal::damaged: return std::string{words("file.refused.damaged")};
        case FileRefusal::too_large: break;
    }
    return words("file.refused.too_large", {{"size", sized(words, storage::kMaxAttachmentBytes)}});
}

MessageView told_of(const text::Words& words, const AttachedFile& file) {
    MessageView message{Tone::good, {}};
    switch (file.traces) {
        case Traces::none: message.text = words("file.attached.none"); break;
        case Traces::removed: message.text = words("file.attached.removed"); break;
        case Traces::kept: message.text = words("file.attached.kept"); break;
        case Traces::unknown:
            message = {Tone::warning, std::string{words("file.attached.unknown")}};
            break;
    }
    if (file.too_wide) message.text.append(" ").append(words("file.attached.too_wide"));
    return message;
}

Status present_files(const Presenting& present, const FileSources& from,
                     std::vector<QuestionView>& rows) {
    const std::vector<QuestionView*> questions = questions_in(rows);
    if (std::ranges::none_of(questions, holds_file, &QuestionView::control)) return done();
    const auto files = files_of(from);
    if (!files) return files.error();
    const auto limit = file_limit(from.notebook);
    if (!limit) return limit.error();
    const form::Session& session = from.filling.session();
    for (QuestionView* question : questions) {
        QuestionView& row = *question;
        if (row.kind != RowKind::question || !holds_file(row.control)) continue;
        const form::Element* element = session.element_of(session.find_key_path(row.key));
        if (element != nullptr)
            row.file_rule =
                rule_of(present.words, row.control, file_wish(session, *element), *limit);
        row.file = nullptr;
        if (row.value.empty()) continue;
        const auto file = files->find(row.value);
        row.file = std::make_shared<const FileView>(
            file == files->end()
                ? named_only(present, row.value)
                : file_view(present, from.previews, file->second, Previews::kSmall));
    }
    return done();
}

Result<std::shared_ptr<const EnlargedView>> present_enlarged(const Presenting& present,
                                                             const FileSources& from,
                                                             const std::string& question) {
    const form::Session& session = from.filling.session();
    const form::NodeId node = session.find_key_path(question);
    if (node == form::NodeId{}) return std::shared_ptr<const EnlargedView>{};
    const auto file =
        storage::Attachments{from.notebook}.find(from.filling.audit(), session.value(node));
    if (!file) {
        if (file.error().code != ErrorCode::not_found) return file.error();
        return std::shared_ptr<const EnlargedView>{};
    }
    return std::make_shared<const EnlargedView>(
        EnlargedView{question, file_view(present, from.previews, *file, Previews::kLarge)});
}

std::shared_ptr<const BrowserView> present_browser(const Presenting& present,
                                                   const FileSources& from,
                                                   const Browsing& browsing,
                                                   const BookmarkPlaces& places) {
    const form::Session& session = from.filling.session();
    const form::Element* element = session.element_of(session.find_key_path(browsing.question));
    FileWish wish = element != nullptr ? file_wish(session, *element) : FileWish{};
    const bool code = element != nullptr && element->widget == form::Widget::barcode;
    if (code) wish.media_type = "image/*";
    BrowserView view{
        .question = browsing.question, .saving = browsing.saving, .file = browsing.file};
    view.rule = code ? std::string{present.words("code.picture.rule")}
                     : browser_rule(present, from, browsing, element, wish);
    list(present, browsing, list_folder(browsing.folder, wish.media_type), places, view);
    return std::make_shared<const BrowserView>(std::move(view));
}

std::shared_ptr<const BrowserView> present_browser(const Presenting& present,
                                                   const Browsing& browsing,
                                                   const BookmarkPlaces& places) {
    const bool form = browsing.wanted == BrowserView::Wanted::form;
    FolderListing listing = list_folder(browsing.folder, {});
    for (FolderEntry& entry : listing.entries)
        entry.fits =
            entry.folder || (form ? names_form(entry.name) : sync::are_bundles({entry.name}));
    BrowserView view{.wanted = browsing.wanted};
    view.rule = present.words(form ? "browser.form.rule" : "sync.stick.about");
    list(present, browsing, listing, places, view);
    return std::make_shared<const BrowserView>(std::move(view));
}

}  // namespace bordereau::app
