"""LaTeX's commands, as far as they occur in titles, names and abstracts: what each stands for.

Source: LaTeX2e unofficial reference manual, "Special insertions"; biblatex manual, 3.13 and 4.6.4.
"""

# Accents as combining characters, which follow their letter.
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361", "bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "vec": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300", "breve": "\u0306", "check": "\u030c",
}  # fmt: skip

SIGNS = {
    # characters with a meaning of their own, and blanks
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "\\": " ", " ": " ", "\n": " ", ",": "\u2009",
    ";": " ", ":": " ", "!": "", "-": "", "/": "", "@": "", "|": "", "quad": " ", "qquad": " ", "newline": " ",
    "par": "\n\n", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textbar": "|", "textless": "<", "textgreater": ">", "textbraceleft": "{", "textbraceright": "}",
    "textdollar": "$", "textasteriskcentered": "*", "slash": "/", "and": "&",
    # letters
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ",
    # punctuation
    "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„",
    "quotesinglbase": "‚", "textquotesingle": "'", "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»",
    "guilsinglleft": "‹", "guilsinglright": "›", "textexclamdown": "¡", "textquestiondown": "¿", "lq": "‘", "rq": "’",
    "textbullet": "•", "textperiodcentered": "·", "S": "§", "P": "¶", "dag": "†", "ddag": "‡",
    # signs
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£",
    "textsterling": "£", "texteuro": "€", "euro": "€", "textyen": "¥", "textcent": "¢", "textdegree": "°",
    "degree": "°", "textordmasculine": "º", "textordfeminine": "ª", "textpm": "±", "pm": "±", "times": "×",
    "texttimes": "×", "div": "÷", "cdot": "·", "ast": "∗", "star": "⋆", "circ": "°", "infty": "∞", "sim": "∼",
    "approx": "≈", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "equiv": "≡", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "in": "∈", "subset": "⊂",
    "cup": "∪", "cap": "∩", "partial": "∂", "nabla": "∇", "sum": "∑", "int": "∫", "prod": "∏", "prime": "′",
    "ell": "ℓ", "propto": "∝", "ll": "≪", "gg": "≫", "forall": "∀", "exists": "∃", "emptyset": "∅", "mid": "|",
    # Greek
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "textmu": "µ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    # names
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
}  # fmt: skip

# Commands that set their argument in a font, and CSL's tag for it; "" where CSL has none.
FONTS = {
    "textit": "i", "emph": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i", "mathit": "i", "textbf": "b",
    "mkbibbold": "b", "mathbf": "b", "boldsymbol": "b", "textsuperscript": "sup", "mkbibsuperscript": "sup",
    "textsubscript": "sub", "mkbibsubscript": "sub", "textsc": "sc", "textrm": "", "texttt": "", "textsf": "",
    "textnormal": "", "textup": "", "textmd": "", "text": "", "mathrm": "", "mathsf": "", "mathcal": "", "mathbb": "",
    "operatorname": "", "mbox": "", "hbox": "", "uppercase": "", "MakeUppercase": "", "MakeLowercase": "",
    "NoCaseChange": "", "underline": "", "mkbibparens": "", "mkbibbrackets": "", "bibstring": "",
}  # fmt: skip

# Switches at the beginning of a group.
SWITCHES = {
    "em": "i", "it": "i", "itshape": "i", "sl": "i", "bf": "b", "bfseries": "b", "sc": "sc", "scshape": "sc", "rm": "",
    "tt": "", "sf": "", "normalfont": "", "upshape": "", "relax": "", "protect": "", "selectlanguage": "",
}  # fmt: skip

VERBATIM = frozenset({"url", "path", "nolinkurl", "doi"})
# Commands whose argument is not printed.
SILENT = frozenset({"noopsort", "footnote", "label", "cite", "citep", "citet", "vspace", "hspace", "phantom", "index"})
