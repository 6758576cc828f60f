#include "app/desk/previews.h"

#include <algorithm>
#include <chrono>

#include "app/media/codec.h"
#include "storage/attachments.h"
#include "storage/notebook.h"

namespace bordereau::app {
namespace {

// Of pixels kept for later; a small picture has at most 0.26 MB, a large one 10 MB.
constexpr std::size_t kMostBytes = std::size_t{24} << 20;

std::size_t size_of(const Preview& preview) {
    return sizeof preview + (preview.picture ? preview.picture->rgba.size() : 0);
}

Preview make_preview(const Result<std::string>& bytes, int side) {
    Preview preview;
    if (!bytes) {
        preview.failed = bytes.error().code;
        return preview;
    }
    preview.kind = media::sniff(*bytes);
    preview.shape = media::measure(preview.kind, *bytes);
    preview.length = media::length_of(preview.kind, *bytes);
    if (!media::can_decode(preview.kind)) return preview;
    if (auto picture = media::thumbnail(preview.kind, *bytes, side))
        preview.picture = std::make_shared<const media::Raster>(*std::move(picture));
    return preview;
}

}  // namespace

struct Previews::Connection {
    std::optional<storage::Notebook> notebook;

    Result<std::string> read(const storage::Notebook& from, const std::string& hash) {
        if (!notebook) {
            auto opened = from.connect();
            if (!opened) return std::move(opened).error();
            notebook.emplace(*std::move(opened));
        }
        return storage::Attachments{*notebook}.get_bytes(hash);
    }
};

Previews::Previews(const storage::Notebook& notebook, std::function<void()> wake)
    : notebook_(notebook), wake_(std::move(wake)), connection_(std::make_shared<Connection>()) {}

Previews::~Previews() {
    if (job_.valid()) job_.wait();
}

std::shared_ptr<const Preview> Previews::get(const std::string& hash, int side) {
    const Wanted wanted{hash, side};
    if (const auto found = kept_.find(wanted); found != kept_.end()) {
        found->second.used = ++uses_;
        return found->second.preview;
    }
    const bool asked = (job_.valid() && making_ == wanted) ||
                       std::ranges::find(waiting_, wanted) != waiting_.end();
    if (!asked) waiting_.push_back(wanted);
    begin_next();
    return nullptr;
}

void Previews::begin_next() {
    if (job_.valid() || waiting_.empty()) return;
    making_ = std::move(waiting_.back());
    waiting_.pop_back();
    job_ = std::async(std::launch::async, [this, wanted = making_, connection = connection_] {
        Preview preview = make_preview(connection->read(notebook_, wanted.first), wanted.second);
        wake_();
        return preview;
    });
}

bool Previews::turn() {
    if (!job_.valid()) return false;
    if (job_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) return false;
    kept_[making_] = {std::make_shared<const Preview>(job_.get()), ++uses_};
    make_room();
    begin_next();
    return true;
}

// Pictures that a view still holds live on until it is made again.
void Previews::make_room() {
    std::size_t bytes = 0;
    for (const auto& [wanted, kept] : kept_) bytes += size_of(*kept.preview);
    while (bytes > kMostBytes && kept_.size() > 1) {
        const auto oldest = std::ranges::min_element(
            kept_, {}, [](const auto& entry) { return entry.second.used; });
        bytes -= size_of(*oldest->second.preview);
        kept_.erase(oldest);
    }
}

void Previews::settle() {
    while (job_.valid()) {
        job_.wait();
        turn();
    }
}

}  // namespace bordereau::app
