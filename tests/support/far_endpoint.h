// tests/support/far_endpoint.h - the built bordereau-endpoint at the far end of a line of packets.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/endpoint_process.h"
#include "tests/support/members.h"
#include "tests/support/packet_line.h"
#include "tests/support/tls_files.h"

namespace bordereau::test {

class FarEndpoint {
public:
    FarEndpoint(const PacketLine& line, std::filesystem::path data, const TlsFiles& tls)
        : line_(line), data_(std::move(data)), tls_(tls), process_(started()) {}

    /// A laptop joins before it travels: at the endpoint's own end of the line.
    void join(storage::Notebook& notebook, std::vector<std::string> more = {}) const {
        const Within there{line_.far()};
        more.insert(more.end(), {"--pin", tls_.certificate});
        test::join(notebook, invitation_to(process_, data_, std::move(more)));
    }
    int stop() { return process_.stop(); }

private:
    // Who vanished in mid-message is not waited for long.
    EndpointProcess started() const {
        const Within there{line_.far()};
        return EndpointProcess{data_,
                               0,
                               {"--listen", std::string{PacketLine::kFarAddress} + ":0", "--cert",
                                tls_.certificate, "--key", tls_.key, "--grace", "1"}};
    }

    const PacketLine& line_;
    std::filesystem::path data_;
    TlsFiles tls_;
    EndpointProcess process_;
};

}  // namespace bordereau::test
