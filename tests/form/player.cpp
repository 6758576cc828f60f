#include "tests/form/player.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

namespace bordereau::form::test {
namespace {

std::optional<std::string> digest(std::string_view algorithm, std::string_view bytes) {
    static const std::map<std::string_view, const EVP_MD* (*)()> known{{"MD5", EVP_md5},
                                                                       {"SHA-1", EVP_sha1},
                                                                       {"SHA-256", EVP_sha256},
                                                                       {"SHA-384", EVP_sha384},
                                                                       {"SHA-512", EVP_sha512}};
    const auto found = known.find(algorithm);
    if (found == known.end()) return std::nullopt;
    std::string result(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(result.data()), &size,
               found->second(), nullptr);
    result.resize(size);
    return result;
}

bool verify(std::string_view signature, std::string_view message, std::string_view public_key) {
    const auto bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(public_key),
                                    public_key.size()),
        EVP_PKEY_free};
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free};
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                            message.size()) == 1;
}

std::string without_last_position(std::string_view path) {
    if (!path.ends_with(']')) return std::string{path};
    return std::string{path.substr(0, path.rfind('['))};
}

std::string stop_kind(ElementKind kind) {
    switch (kind) {
        case ElementKind::question: return "question";
        case ElementKind::repeat_instance: return "repeat";
        default: return "group";
    }
}

}  // namespace

Environment environment_for_tests() {
    constexpr int kPhoenix = -7 * 60;
    Environment environment;
    environment.clock = fixed_clock(*parse_iso("2026-11-23T12:00:00.000-07:00"), kPhoenix);
    environment.entropy = seeded_entropy(7);
    environment.digest = digest;
    environment.verify = verify;
    environment.position = [] { return std::string{"38.295 21.7567 110 5"}; };
    return environment;
}

Resources resources_of(const Files& files) {
    return [&files](std::string_view name) -> Result<std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return Error{ErrorCode::not_found, std::string{name}};
        return found->second;
    };
}

Difference Player::open(std::string_view xml, Files files, Environment with) {
    files_ = std::move(files);
    environment_ = std::move(with);
    auto loaded = load_xform(xml, resources_of(files_));
    if (!loaded.form) {
        std::string all = "the form was refused:";
        for (const auto& finding : loaded.diagnostics)
            if (finding.severity == Severity::error) all += " " + to_text(finding);
        return all;
    }
    for (const auto& finding : loaded.diagnostics) warnings_ += to_text(finding) + "\n";
    form_ = loaded.form;
    session_.emplace(Session::start(form_, environment_));
    at_ = -1;
    return std::nullopt;
}

Difference Player::open_record(std::string_view xml, Files files, std::string_view record) {
    if (auto difference = open(xml, std::move(files))) return difference;
    return load(record);
}

Difference Player::load(std::string_view record) {
    return take_up(Session::load_instance(form_, record, environment_));
}

Difference Player::edit(std::string_view record) {
    return take_up(Session::edit_instance(form_, record, environment_));
}

Difference Player::take_up(Result<Session> loaded) {
    if (!loaded) return "the record was refused: " + loaded.error().detail;
    session_.emplace(std::move(*loaded));
    at_ = -1;
    return std::nullopt;
}

Difference Player::reload() {
    return load(session_->submission_xml());
}

void Player::resume(ResumeMode mode) {
    const auto entries = session_->all_entries();
    session_.emplace(Session::resume(form_, entries, environment_, mode));
}

NodeId Player::node(std::string_view path) const {
    return session_->find(path);
}

std::optional<Element> Player::element(std::string_view path) const {
    const auto wanted = node(path);
    for (const auto& element : session_->elements())
        if (element.node == wanted && wanted != NodeId{}) return element;
    return std::nullopt;
}

Difference Player::add_repeat(std::string_view path) {
    const auto existing = session_->find(path);
    if (path.ends_with(']') && existing != NodeId{}) return std::nullopt;
    const auto repeat = session_->find(without_last_position(path));
    const auto added = session_->add_repeat(repeat);
    if (added == NodeId{}) return "no instance could be added to " + std::string{path};
    last_ = {"repeat", session_->xpath(added)};
    at_ = 0;
    return std::nullopt;
}

Difference Player::remove_repeat(std::string_view path) {
    if (session_->remove_repeat(session_->find(path))) return std::nullopt;
    return std::string{path} + " could not be removed";
}

int Player::count(std::string_view path) const {
    int found = 0;
    while (session_->find(std::string{path} + "[" + std::to_string(found + 1) + "]") != NodeId{})
        ++found;
    return found;
}

std::vector<Stop> Player::stops() const {
    std::vector<Stop> result;
    std::vector<std::pair<int, std::string>> open;  // repeats that end with a prompt
    const auto close = [&](int depth) {
        while (!open.empty() && open.back().first >= depth) {
            result.push_back({"prompt", open.back().second});
            open.pop_back();
        }
    };
    for (const auto& element : session_->elements()) {
        close(element.depth);
        if (element.kind == ElementKind::repeat) {
            if (element.can_add) open.emplace_back(element.depth, session_->xpath(element.node));
            continue;
        }
        if (element.kind == ElementKind::group && element.node == NodeId{}) continue;
        result.push_back({stop_kind(element.kind), session_->xpath(element.node)});
    }
    close(0);
    result.push_back({"end", {}});
    return result;
}

void Player::move_to(std::string_view path) {
    const auto all = stops();
    // What the body shows nowhere is reached at what lies around it.
    for (auto wanted = session_->xpath(node(path)); !wanted.empty();
         wanted.erase(wanted.rfind('/')))
        for (int at = 0; at < static_cast<int>(all.size()); ++at)
            if (all[static_cast<std::size_t>(at)].path == wanted) {
                at_ = at;
                last_ = all[static_cast<std::size_t>(at)];
                return;
            }
}

Difference Player::next(std::string_view kind, std::string_view path, int step) {
    const auto all = stops();
    // Stops may have come and gone since; go on from the same one where it is still there.
    if (at_ >= 0)
        for (int at = 0; at < static_cast<int>(all.size()); ++at)
            if (all[static_cast<std::size_t>(at)].path == last_.path &&
                all[static_cast<std::size_t>(at)].kind == last_.kind)
                at_ = at;
    // JavaRosa stops at groups without a question to show; a list of elements leaves them out.
    const auto wanted = session_->find(path);
    if (kind == "group" && session_->relevant(wanted) && !element(path)) return std::nullopt;
    at_ = std::min(at_ + step, static_cast<int>(all.size()) - 1);
    if (at_ < 0) at_ = 0;
    last_ = all[static_cast<std::size_t>(at_)];
    // JavaRosa's prompts name the instance that would come next.
    const bool here =
        last_.path == path || (last_.kind == "prompt" && last_.path == without_last_position(path));
    if (last_.kind == kind && (last_.kind == "end" || here)) return std::nullopt;
    return "next is " + last_.kind + " " + last_.path + ", expected " + std::string{kind} + " " +
           std::string{path};
}

}  // namespace bordereau::form::test
