namespace Digitizer.VietnameseText.Legacy;

/// <summary>
/// The codes of the letters. A row is a vowel (a ă â e ê i o ô ơ u ư y) with its tones in the order of <see cref="Tone"/>; twelve rows of
/// small letters, twelve of capitals, then đ and Đ. A code is one byte or two in hexadecimal digits; <c>--</c> has none of its own.
/// Sources: TCVN 5712, RFC 1456, and what the vendors' converters agree on.
/// </summary>
internal static class LegacyCodes
{
    /// <summary>TCVN 5712:1993; the seven capitals are those without tone.</summary>
    public const string Tcvn3 =
        """
        -- B8 B5 B6 B7 B9
        A8 BE BB BC BD C6
        A9 CA C7 C8 C9 CB
        -- D0 CC CE CF D1
        AA D5 D2 D3 D4 D6
        -- DD D7 D8 DC DE
        -- E3 DF E1 E2 E4
        AB E8 E5 E6 E7 E9
        AC ED EA EB EC EE
        -- F3 EF F1 F2 F4
        AD F8 F5 F6 F7 F9
        -- FD FA FB FC FE
        -- -- -- -- -- --
        A1 -- -- -- -- --
        A2 -- -- -- -- --
        -- -- -- -- -- --
        A3 -- -- -- -- --
        -- -- -- -- -- --
        -- -- -- -- -- --
        A4 -- -- -- -- --
        A5 -- -- -- -- --
        -- -- -- -- -- --
        A6 -- -- -- -- --
        -- -- -- -- -- --
        AE A7
        """;

    /// <summary>Both of a pair are capitals or both are small.</summary>
    public const string Vni =
        """
        -- 61F9 61F8 61FB 61F5 61EF
        61EA 61E9 61E8 61FA 61FC 61EB
        61E2 61E1 61E0 61E5 61E3 61E4
        -- 65F9 65F8 65FB 65F5 65EF
        65E2 65E1 65E0 65E5 65E3 65E4
        -- ED EC E6 F3 F2
        -- 6FF9 6FF8 6FFB 6FF5 6FEF
        6FE2 6FE1 6FE0 6FE5 6FE3 6FE4
        F4 F4F9 F4F8 F4FB F4F5 F4EF
        -- 75F9 75F8 75FB 75F5 75EF
        F6 F6F9 F6F8 F6FB F6F5 F6EF
        -- 79F9 79F8 79FB 79F5 EE
        -- 41D9 41D8 41DB 41D5 41CF
        41CA 41C9 41C8 41DA 41DC 41CB
        41C2 41C1 41C0 41C5 41C3 41C4
        -- 45D9 45D8 45DB 45D5 45CF
        45C2 45C1 45C0 45C5 45C3 45C4
        -- CD CC C6 D3 D2
        -- 4FD9 4FD8 4FDB 4FD5 4FCF
        4FC2 4FC1 4FC0 4FC5 4FC3 4FC4
        D4 D4D9 D4D8 D4DB D4D5 D4CF
        -- 55D9 55D8 55DB 55D5 55CF
        D6 D6D9 D6D8 D6DB D6D5 D6CF
        -- 59D9 59D8 59DB 59D5 CE
        F1 D1
        """;

    /// <summary>A third of the capitals with tone are control codes.</summary>
    public const string Vps =
        """
        -- E1 E0 E4 E3 E5
        E6 A1 A2 A3 A4 A5
        E2 C3 C0 C4 C5 C6
        -- E9 E8 C8 EB CB
        EA 89 8A 8B CD 8C
        -- ED EC CC EF CE
        -- F3 F2 D5 F5 86
        F4 D3 D2 B0 87 B6
        D6 A7 A9 AA AB AE
        -- FA F9 FB DB F8
        DC D9 D8 BA BB BF
        -- 9A FF 9B CF 9C
        -- C1 80 81 82 02
        88 8D 8E 8F F0 04
        C2 83 84 85 1C 03
        -- C9 D7 DE FE 05
        CA 90 93 94 95 06
        -- B4 B5 B7 B8 10
        -- B9 BC BD BE 11
        D4 96 97 98 99 12
        F7 9D 9E 9F A6 13
        -- DA A8 D1 AC 14
        D0 AD AF B1 1D 15
        -- DD B2 FD B3 19
        C7 F1
        """;

    /// <summary>RFC 1456; six capitals are control codes.</summary>
    public const string Viscii =
        """
        -- E1 E0 E4 E3 D5
        E5 A1 A2 C6 C7 A3
        E2 A4 A5 A6 E7 A7
        -- E9 E8 EB A8 A9
        EA AA AB AC AD AE
        -- ED EC EF EE B8
        -- F3 F2 F6 F5 F7
        F4 AF B0 B1 B2 B5
        BD BE B6 B7 DE FE
        -- FA F9 FC FB F8
        DF D1 D7 D8 E6 F1
        -- FD CF D6 DB DC
        -- C1 C0 C4 C3 80
        C5 81 82 02 05 83
        C2 84 85 86 06 87
        -- C9 C8 CB 88 89
        CA 8A 8B 8C 8D 8E
        -- CD CC 9B CE 98
        -- D3 D2 99 A0 9A
        D4 8F 90 91 92 93
        B4 95 96 97 B3 94
        -- DA D9 9C 9D 9E
        BF BA BB BC FF B9
        -- DD 9F 14 19 1E
        F0 D0
        """;

    /// <summary>Three capitals share codes with others or with ASCII and are left out.</summary>
    public const string BkHcm1 =
        """
        -- BE BF C0 C1 C2
        D7 D8 D9 DA DB DC
        DD DE DF E0 E1 E2
        -- C3 C4 C5 C6 C7
        E3 E4 E5 E6 E7 E8
        -- C8 C9 CA CB CC
        -- CD CE CF D0 D1
        E9 EA EB EC ED EE
        EF F0 F1 F2 F3 F4
        -- D2 D3 D4 D5 D6
        F5 F6 F7 F8 F9 FA
        -- FB FC FD FE FF
        -- 80 81 82 83 84
        99 9A 9B 9C 9D --
        9F -- A1 A2 A3 A4
        -- 85 86 87 88 89
        A5 A6 A7 A8 A9 AA
        -- 8A 8B 8C 8D 8E
        -- 8F 90 91 92 93
        AB AC AD AE AF B0
        B1 B2 B3 B4 B5 B6
        -- 94 95 96 97 98
        B7 B8 B9 BA BB BC
        -- -- -- -- -- --
        BD --
        """;

    /// <summary>As above.</summary>
    public const string BkHcm2 =
        """
        -- 61E1 61E2 61E3 61E4 61E5
        F9 F9E6 F9E7 F9E8 F9E9 F9E5
        EA EAEB EAEC EAED EAEE EAE5
        -- 65E1 65E2 65E3 65E4 65E5
        EF EFEB EFEC EFED EFEE EFE5
        -- F1 F2 F3 F4 F5
        -- 6FE1 6FE2 6FE3 6FE4 6FE5
        F6 F6EB F6EC F6ED F6EE F6E5
        FA FAE1 FAE2 FAE3 FAE4 FAE5
        -- 75E1 75E2 75E3 75E4 75E5
        FB FBE1 FBE2 FBE3 FBE4 FBE5
        -- 79E1 79E2 79E3 79E4 79E5
        -- 41C1 41C2 41C3 41C4 41C5
        D9 D9C6 D9C7 D9C8 D9C9 D9C5
        CA CACB CACC CACD CACE CAC5
        -- 45C1 45C2 45C3 45C4 45C5
        CF CFCB CFCC CFCD CFCE CFC5
        -- D1 D2 D3 D4 D5
        -- 4FC1 4FC2 4FC3 4FC4 4FC5
        D6 D6CB D6CC D6CD D6CE D6C5
        DA DAC1 DAC2 DAC3 DAC4 DAC5
        -- 55C1 55C2 55C3 55C4 55C5
        DB DBC1 DBC2 DBC3 DBC4 DBC5
        -- 59C1 59C2 59C3 59C4 59C5
        E0 C0
        """;

    /// <summary>As above.</summary>
    public const string VietwareF =
        """
        -- C0 AA B6 BA C1
        9F C5 C2 C3 C4 C6
        A1 CA C7 C8 C9 CB
        -- CF CC CD CE D1
        A3 D5 D2 D3 D4 D6
        -- DB D8 D9 DA DC
        -- E2 DF E0 E1 E3
        A4 E7 E4 E5 E6 E8
        A5 EC E9 EA EB ED
        -- F2 EE EF F1 F3
        A7 F7 F4 F5 F6 F8
        -- FC F9 FA FB FF
        -- -- -- -- -- --
        96 -- -- -- -- --
        97 -- -- -- -- --
        -- -- -- -- -- --
        99 -- -- -- -- --
        -- -- -- -- -- --
        -- -- -- -- -- --
        9A -- -- -- -- --
        9B -- -- -- -- --
        -- -- -- -- -- --
        9C -- -- -- -- --
        -- -- -- -- -- --
        A2 98
        """;

    /// <summary>As above.</summary>
    public const string VietwareX =
        """
        -- 61EF 61EC 61ED 61EE 61FB
        E0 E0F5 E0F2 E0F3 E0F4 E0FB
        E1 E1FA E1F6 E1F8 E1F9 E1FB
        -- 65EF 65EC 65ED 65EE 65FB
        E3 E3FA E3F6 E3F8 E3F9 E3FB
        -- EA E7 E8 E9 EB
        -- 6FEF 6FEC 6FED 6FEE 6FFC
        E4 E4FA E4F6 E4F8 E4F9 E4FC
        E5 E5EF E5EC E5ED E5EE E5FC
        -- 75EF 75EC 75ED 75EE 75FB
        E6 E6EF E6EC E6ED E6EE E6FB
        -- 79EF 79EC 79ED 79EE 79F1
        -- 41CF 41CC 41CD 41CE 41DB
        C0 C0D5 C0D2 C0D3 C0D4 C0DB
        C1 C1DA C1D6 C1D8 C1D9 C1DB
        -- 45CF 45CC 45CD 45CE 45DB
        C3 C3DA C3D6 C3D8 C3D9 C3DB
        -- CA C7 C8 C9 CB
        -- 4FCF 4FCC 4FCD 4FCE 4FDC
        C4 C4DA C4D6 C4D8 C4D9 C4DC
        C5 C5CF C5CC C5CD C5CE C5DC
        -- 55CF 55CC 55CD 55CE 55DB
        C6 C6CF C6CC C6CD C6CE C6DB
        -- 59CF 59CC 59CD 59CE 59D1
        E2 C2
        """;

    /// <summary>The marks are one for both cases.</summary>
    public const string Windows1258 =
        """
        -- 61EC 61CC 61D2 61DE 61F2
        E3 E3EC E3CC E3D2 E3DE E3F2
        E2 E2EC E2CC E2D2 E2DE E2F2
        -- 65EC 65CC 65D2 65DE 65F2
        EA EAEC EACC EAD2 EADE EAF2
        -- 69EC 69CC 69D2 69DE 69F2
        -- 6FEC 6FCC 6FD2 6FDE 6FF2
        F4 F4EC F4CC F4D2 F4DE F4F2
        F5 F5EC F5CC F5D2 F5DE F5F2
        -- 75EC 75CC 75D2 75DE 75F2
        FD FDEC FDCC FDD2 FDDE FDF2
        -- 79EC 79CC 79D2 79DE 79F2
        -- 41EC 41CC 41D2 41DE 41F2
        C3 C3EC C3CC C3D2 C3DE C3F2
        C2 C2EC C2CC C2D2 C2DE C2F2
        -- 45EC 45CC 45D2 45DE 45F2
        CA CAEC CACC CAD2 CADE CAF2
        -- 49EC 49CC 49D2 49DE 49F2
        -- 4FEC 4FCC 4FD2 4FDE 4FF2
        D4 D4EC D4CC D4D2 D4DE D4F2
        D5 D5EC D5CC D5D2 D5DE D5F2
        -- 55EC 55CC 55D2 55DE 55F2
        DD DDEC DDCC DDD2 DDDE DDF2
        -- 59EC 59CC 59D2 59DE 59F2
        F0 D0
        """;
}
