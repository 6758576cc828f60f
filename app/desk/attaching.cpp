#include "app/desk/attaching.h"

#include <algorithm>
#include <charconv>

#include "app/media/clean.h"
#include "app/media/codec.h"
#include "app/media/measure.h"
#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/files.h"
#include "storage/notebook.h"

namespace bordereau::app {
namespace {

using media::Kind;

constexpr std::string_view kKeepMetadata = "keep-metadata";
constexpr std::size_t kLongestStem = 60;  // bytes; with the rest well below what folders take
constexpr int kKeyLength = 5;

bool takes_files(form::Widget widget) {
    return widget == form::Widget::image || widget == form::Widget::audio ||
           widget == form::Widget::video || widget == form::Widget::file;
}

// What a file is after the form's and the project's rules were applied.
struct Prepared {
    std::string bytes;
    AttachedFile file;
};

Result<Prepared> clean_prepared(Prepared prepared) {
    auto cleaned = media::clean(prepared.file.kind, std::move(prepared.bytes));
    if (!cleaned) return std::move(cleaned).error();
    prepared.bytes = std::move(cleaned->bytes);
    prepared.file.traces = !cleaned->complete ? Traces::unknown
                           : cleaned->removed ? Traces::removed
                                              : Traces::none;
    return prepared;
}

Result<Prepared> prepare(const FileWish& wish, Kind kind, std::string bytes) {
    Prepared prepared{std::move(bytes), {{}, kind, Traces::kept, false}};
    if (!wish.keep_metadata) {
        auto cleaned = clean_prepared(std::move(prepared));
        if (!cleaned) return cleaned;
        prepared = *std::move(cleaned);
    }
    const media::Shape shape = media::measure(kind, prepared.bytes);
    if (wish.longest_side <= 0 || std::max(shape.width, shape.height) <= wish.longest_side)
        return prepared;
    prepared.file.too_wide = !media::can_decode(kind);
    if (prepared.file.too_wide) return prepared;
    auto small =
        media::scaled_down(kind, std::move(prepared.bytes), static_cast<int>(wish.longest_side));
    if (!small) return std::move(small).error();
    prepared.bytes = *std::move(small);
    return prepared;
}

// The name that the question's answer has already, where it stands for the same content.
std::string name_of_same(storage::Notebook& notebook, const Filling& filling, form::NodeId question,
                         std::string_view bytes) {
    const std::string& present = filling.session().value(question);
    if (present.empty()) return {};
    const auto found = storage::Attachments{notebook}.find(filling.audit(), present);
    return found && found->hash == to_hex(storage::crypto::digest(bytes)) ? present : std::string{};
}

Result<AttachOutcome> keep(storage::Notebook& notebook, Filling& filling, form::NodeId question,
                           std::string_view named, Prepared prepared) {
    AttachedFile& file = prepared.file;
    file.name = name_of_same(notebook, filling, question, prepared.bytes);
    if (file.name.empty()) file.name = attachment_name(named, file.kind, notebook.entropy());
    // Also where it has the name already: its bytes may be damaged or not have arrived.
    Status kept = storage::Attachments{notebook}.put(filling.audit(), file.name,
                                                     media::media_type(file.kind), prepared.bytes);
    if (!kept) return std::move(kept).error();
    const auto answered = filling.answer(question, file.name);
    if (!answered) return answered.error();
    return AttachOutcome{std::move(file)};
}

Status may_attach(const Filling& filling, form::NodeId question) {
    const form::Session& session = filling.session();
    const form::Element* element = session.element_of(question);
    if (element == nullptr || !takes_files(element->widget))
        return Error{ErrorCode::not_found, "no question that takes a file"};
    if (!filling.editable() || session.readonly(question))
        return Error{ErrorCode::refused, "not open to change"};
    return done();
}

bool is_forbidden(char32_t sign) {
    constexpr std::u32string_view kSigns = U"/\\:*?\"<>|%";
    return sign <= 0x20 || sign == 0x7F || kSigns.find(sign) != kSigns.npos ||
           (sign >= 0x80 && sign < 0xA1) || sign == 0xFFFD ||
           (sign >= 0x2000 && sign <= 0x206F);  // blanks, marks of direction
}

std::string safe_stem(std::string_view named) {
    named = named.substr(named.find_last_of("/\\") + 1);  // npos + 1 is 0
    named = named.substr(0, std::min(named.rfind('.'), named.size()));
    std::string stem;
    for (std::size_t at = 0; at < named.size();) {
        const char32_t sign = next_code_point(named, at);
        std::string written;
        append_utf8(written, is_forbidden(sign) ? U'_' : sign);
        if (stem.size() + written.size() > kLongestStem) break;
        if (!(stem.empty() && written == ".")) stem += written;
    }
    return stem.empty() ? "file" : stem;
}

std::optional<std::string> from_percent(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        const auto octet = from_hex(text.substr(at + 1, 2));
        if (!octet || octet->size() != 1 || octet->front() == '\0') return std::nullopt;
        out += *octet;
        at += 2;
    }
    return out;
}

std::optional<std::filesystem::path> path_in(std::string_view line) {
    constexpr std::string_view kScheme = "file://";
    if (!line.starts_with(kScheme))
        return line.starts_with('/') ? std::optional{std::filesystem::path{line}} : std::nullopt;
    line.remove_prefix(kScheme.size());
    const std::size_t root = line.find('/');
    if (root == line.npos || (root > 0 && line.substr(0, root) != "localhost")) return std::nullopt;
    auto path = from_percent(line.substr(root));
    return path ? std::optional{std::filesystem::path{*path}} : std::nullopt;
}

}  // namespace

FileWish file_wish(const form::Session& session, const form::Element& element) {
    FileWish wish;
    wish.media_type = session.parameter(element, "accept");
    if (wish.media_type.empty()) wish.media_type = session.parameter(element, "mediatype");
    const std::string_view side = session.parameter(element, "max-pixels");
    std::from_chars(side.data(), side.data() + side.size(), wish.longest_side);
    wish.longest_side = std::clamp<std::int64_t>(wish.longest_side, 0, 65'535);
    const auto appearances = words_of(session.appearance(element));
    wish.keep_metadata = std::ranges::find(appearances, kKeepMetadata) != appearances.end();
    return wish;
}

Result<FileLimit> file_limit(const storage::Notebook& notebook) {
    const auto room = storage::room_for_attachments(notebook);
    if (!room) return room.error();
    return FileLimit{std::min<std::uint64_t>(storage::kMaxAttachmentBytes, *room),
                     *room < storage::kMaxAttachmentBytes};
}

Result<AttachOutcome> attach_file(storage::Notebook& notebook, Filling& filling,
                                  form::NodeId question, const std::filesystem::path& file) {
    if (Status may = may_attach(filling, question); !may) return std::move(may).error();
    auto bytes = storage::read_file_within(file, storage::kMaxAttachmentBytes);
    if (!bytes)
        return AttachOutcome{bytes.error().code == ErrorCode::refused ? FileRefusal::too_large
                                                                      : FileRefusal::not_a_file};
    return attach_bytes(notebook, filling, question, file.filename().string(), *std::move(bytes));
}

Result<AttachOutcome> attach_bytes(storage::Notebook& notebook, Filling& filling,
                                   form::NodeId question, std::string_view named,
                                   std::string bytes) {
    if (Status may = may_attach(filling, question); !may) return std::move(may).error();
    if (bytes.empty()) return AttachOutcome{FileRefusal::empty};
    if (bytes.size() > storage::kMaxAttachmentBytes) return AttachOutcome{FileRefusal::too_large};
    const auto limit = file_limit(notebook);
    if (!limit) return limit.error();
    if (bytes.size() > limit->bytes) return Error{ErrorCode::full, "no room for the file"};
    const FileWish wish = file_wish(filling.session(), *filling.session().element_of(question));
    const Kind kind = media::sniff(bytes);
    if (!media::fits(wish.media_type, kind, named)) return AttachOutcome{FileRefusal::wrong_kind};
    auto prepared = prepare(wish, kind, std::move(bytes));
    if (!prepared && prepared.error().code == ErrorCode::invalid)
        return AttachOutcome{FileRefusal::damaged};
    if (!prepared) return AttachOutcome{FileRefusal::too_large};  // more pixels than are decoded
    return keep(notebook, filling, question, named, *std::move(prepared));
}

Status detach_file(Filling& filling, form::NodeId question) {
    if (Status may = may_attach(filling, question); !may) return may;
    const auto cleared = filling.answer(question, "");
    return cleared ? done() : Status{cleared.error()};
}

std::string attachment_name(std::string_view named, media::Kind kind, const Entropy& entropy) {
    std::string ending{media::extension(kind)};
    const std::size_t dot = named.rfind('.');
    // A kind that is not known keeps the ending it came with, where that is harmless.
    if (ending.empty() && dot != named.npos && named.size() - dot <= 6)
        ending = "." + safe_stem(named.substr(dot + 1));
    return safe_stem(named) + "-" + new_key(entropy, kKeyLength) + ending;
}

std::vector<std::filesystem::path> paths_in(std::string_view pasted) {
    std::vector<std::filesystem::path> paths;
    for (std::string_view line : split(pasted, '\n')) {
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) continue;
        auto path = path_in(line);
        if (!path) return {};
        paths.push_back(*std::move(path));
    }
    return paths;
}

}  // namespace bordereau::app
